import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

/** A question or text above the page. The browser keeps the focus inside and closes it on Esc. */
export function Dialog({
  title,
  onClose,
  closeLabel = "Close",
  actions,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly closeLabel?: string;
  /** What else can be pressed. `close` gives the focus back to where it was. */
  readonly actions?: (close: () => void) => ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const box = useRef<HTMLDialogElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const heading = useId();
  const close = (): void => box.current?.close();
  useEffect(() => {
    if (box.current?.open === false) box.current.showModal();
    // What has to be typed comes first; otherwise a stray Enter must not be a yes.
    if (actions !== undefined) (box.current?.querySelector("input") ?? closer.current)?.focus();
  }, []);
  return (
    <dialog ref={box} class="dialog" aria-labelledby={heading} onClose={onClose}>
      <h2 id={heading}>{title}</h2>
      {children}
      <div class="actions">
        {actions?.(close)}
        <button type="button" class="button" ref={closer} onClick={close}>
          {closeLabel}
        </button>
      </div>
    </dialog>
  );
}
