import type { Clock } from "../../core/ports/clock.ts";
import type { DeviceIdentity } from "../../core/ports/device-identity.ts";
import type { SecretStore } from "../../core/ports/secret-store.ts";
import { deviceKeyFromSeed } from "./device-key.ts";
import { storedIdentity } from "./stored-identity.ts";

/** The identity of an invented world: the same key in every run, kept in the given (fake) store, with real signatures. */
export const fakeIdentity = (secrets: SecretStore, clock: Clock): DeviceIdentity =>
  storedIdentity(secrets, clock, () => deviceKeyFromSeed(new Uint8Array(32).fill(7)));
