import type { Evidence } from "../../main/core/model/finding.ts";
import { Age } from "./age.tsx";

/** What was seen, where, and how long ago. */
export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  return (
    <ul class="evidence">
      {evidence.map((one) => (
        <li key={`${one.source} ${one.text}`}>
          <p class="source">
            <span>{one.source}</span>
            <Age at={one.at} exact />
          </p>
          <p class="seen">{one.text}</p>
        </li>
      ))}
    </ul>
  );
}
