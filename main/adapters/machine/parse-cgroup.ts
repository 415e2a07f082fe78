/**
 * The systemd unit in whose control group a process is, from `/proc/PID/cgroup`: the innermost service, so that a user's unit
 * is named and not the `user@1000.service` around it. Undefined for a process of no service.
 */
export function parseCgroup(text: string): string | undefined {
  const paths = text.split("\n").flatMap((line) => /^\d+:(?:|name=systemd):(\/.*)$/.exec(line)?.[1] ?? []);
  const units = paths.map((path) => path.split("/").findLast((part) => /^[^/]+\.(?:service|scope)$/.test(part)));
  const unit = units.find((each) => each?.endsWith(".service") && !/^user@\d+\.service$/.test(each));
  // systemd writes the signs of a hyphen and others in paths as \x2d.
  return unit?.replaceAll(/\\x([0-9a-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
