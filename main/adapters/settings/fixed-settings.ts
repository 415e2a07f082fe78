import type { Settings } from "../../core/ports/settings.ts";

/** Settings that never change, for demos and tests: section names to raw values. */
export function fixedSettings(sections: Readonly<Record<string, unknown>> = {}): Settings {
  return {
    section: (name) => (Object.hasOwn(sections, name) ? sections[name] : undefined),
    problems: () => [],
    reject: () => {},
    onChange: () => () => {},
  };
}
