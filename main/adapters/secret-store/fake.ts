import type { World } from "../../core/model/world.ts";
import type { ForeignSecrets, SecretRef, SecretStore } from "../../core/ports/secret-store.ts";

const keyOf = ({ service, account }: SecretRef): string => `${service}/${account}`;

function obstacle(world: World) {
  if (world.secretStore === "locked") return { kind: "locked" as const, reason: "The keyring is locked." };
  if (world.secretStore === "unavailable") return { kind: "unavailable" as const, reason: "No keyring can be reached from here." };
  return null;
}

/** Our own secrets in an invented world. They live as long as the fake does; a locked or absent keyring keeps them, unreadable. */
export function fakeSecretStore(world: () => World): SecretStore {
  const kept = new Map<string, string>();
  return {
    read: async (ref) => {
      const trouble = obstacle(world());
      if (trouble) return trouble;
      const value = kept.get(keyOf(ref));
      return value === undefined ? { kind: "missing", reason: "Nothing is stored under that name." } : { kind: "found", value };
    },
    write: async (ref, value) => {
      const trouble = obstacle(world());
      if (trouble) return trouble;
      kept.set(keyOf(ref), value);
      return { kind: "written" };
    },
    remove: async (ref) => {
      if (obstacle(world())) return "failed";
      return kept.delete(keyOf(ref)) ? "removed" : "missing";
    },
  };
}

/** Secrets of other tools, as the world holds them. */
export function fakeForeignSecrets(world: () => World): ForeignSecrets {
  return {
    read: async (ref) => {
      const trouble = obstacle(world());
      if (trouble) return trouble;
      const secrets = new Map(Object.entries(world().secrets ?? {}));
      const value = secrets.get(keyOf(ref));
      return value === undefined ? { kind: "missing", reason: "No such item is in the keyring." } : { kind: "found", value };
    },
  };
}
