import { render } from "preact";
import { bridgeTransport, findBridge } from "./lib/bridge-transport.ts";
import { createClient } from "./lib/client.ts";
import { copyText } from "./lib/clipboard.ts";
import { httpTransport } from "./lib/http-transport.ts";
import { tabIcon } from "./lib/tab-icon.ts";
import { Shell } from "./screens/shell.tsx";
import { createActs } from "./state/acts.ts";
import { type Front, FrontProvider } from "./state/front.ts";
import { wireKeys } from "./state/keys.ts";
import { reduce } from "./state/reduce.ts";
import { headline } from "./state/select.ts";
import { initialState } from "./state/state.ts";
import { createStore } from "./state/store.ts";
import { createTicker } from "./state/ticker.ts";
import { fromHash, overview, toHash, type View } from "./state/view.ts";
import { watch } from "./state/watch.ts";

const now = (): number => Date.now();
const isVisible = (): boolean => document.visibilityState === "visible";
const onVisibility = (listener: () => void): void => document.addEventListener("visibilitychange", listener);
const every = (ms: number, run: () => void): (() => void) => {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
};
const later = (run: () => void, afterMs: number): void => void setTimeout(run, afterMs);

const bridge = findBridge(window);
const link =
  bridge === undefined
    ? httpTransport({ fetch: (url, init) => fetch(url, init), openStream: (url) => new EventSource(url), later })
    : bridgeTransport(bridge);
const store = createStore(reduce, initialState);
const client = createClient(link);
const acts = createActs({ client, store, now, copy: (text) => copyText(text, navigator.clipboard) });

// A page opened at an inner address gets the overview behind it, so that "back" stays inside.
const start = fromHash(location.hash);
if (start.screen !== "overview") {
  history.replaceState(null, "", toHash(overview));
  history.pushState(null, "", toHash(start));
  store.send({ type: "went", view: start });
}
window.addEventListener("popstate", () => store.send({ type: "went", view: fromHash(location.hash) }));

const back = (): void => {
  if (store.state().path.length > 1) history.back();
  // A desktop popover closes; a browser ignores this for pages it opened itself.
  else if (bridge !== undefined) window.close();
};
const go = (view: View): void => {
  location.hash = toHash(view);
};
const front: Front = { store, acts, ticker: createTicker({ now, every, isVisible, onVisibility }), go, back };

const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
store.subscribe(() => {
  const { shape, sentence } = headline(store.state());
  const title = `${sentence} · Lamplighter`;
  if (document.title === title) return;
  document.title = title;
  icon?.setAttribute("href", tabIcon(shape));
});

wireKeys(document, front, go);
watch({ client, link, store, acts, now, every, later, isVisible, onVisibility });

const place = document.getElementById("lamplighter");
if (place !== null)
  render(
    <FrontProvider value={front}>
      <Shell />
    </FrontProvider>,
    place,
  );
