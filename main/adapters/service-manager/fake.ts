import type { World } from "../../core/model/world.ts";
import type { ServiceListing, ServiceManager } from "../../core/ports/service-manager.ts";
import { noServiceManager } from "./none.ts";

/** The service manager of an invented world, as it is at the moment of each question. */
export function fakeServiceManager(world: () => World): ServiceManager {
  const without = () => world().serviceManager === "none";
  return {
    get kind() {
      return world().serviceManager;
    },
    read: async (label) => {
      if (without()) return noServiceManager.read(label);
      return world().services[unitName(world(), label)] ?? { kind: "not-installed" };
    },
    find: async (matches) =>
      without()
        ? []
        : listingsOf(world()).filter(({ label, argv = [] }) => label.search(matches) >= 0 || argv.join(" ").search(matches) >= 0),
    environmentValue: async (label, name) => {
      const values = without() ? undefined : world().serviceEnvironment?.[unitName(world(), label)];
      return values && Object.hasOwn(values, name) ? (values[name] ?? null) : null;
    },
    linger: async () => (world().serviceManager === "systemd" ? (world().linger ?? "unknown") : "not-applicable"),
  };
}

/** systemd takes a bare name for that of a service. */
function unitName(world: World, label: string): string {
  return world.serviceManager === "systemd" && !(label in world.services) && !/\.\w+$/.test(label) ? `${label}.service` : label;
}

/** What the world lists, and the units it describes without listing them. */
function listingsOf(world: World): readonly ServiceListing[] {
  const listed = world.listings ?? [];
  const described = Object.entries(world.services).flatMap(([label, reading]): readonly ServiceListing[] => {
    if (reading.kind === "not-loaded") return [{ label, scope: "user", definitionPath: reading.definitionPath }];
    if (reading.kind !== "loaded") return [];
    const { definitionPath, argv } = reading;
    return [{ label, scope: "user", ...(definitionPath === undefined ? {} : { definitionPath }), ...(argv ? { argv } : {}) }];
  });
  return [...listed, ...described.filter(({ label }) => !listed.some((each) => each.label === label))];
}
