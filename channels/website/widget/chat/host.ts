// Talks to the launcher on the page around us, if there is one.
import type { ToChat, ToLauncher } from '../bridge.js';
import { hostOrigin } from './config.js';
import { getState, onState, setState } from './store.js';

const tell = (message: ToLauncher): void => {
  if (hostOrigin !== null) window.parent.postMessage(message, hostOrigin);
};

export const close = (): void => tell({ sila: 'close' });

/** Listens to the launcher and reports what is unread. */
export function joinHost(): void {
  if (hostOrigin === null) return;
  addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== hostOrigin) return;
    const message = read(event.data);
    if (message !== null) setState({ shown: message.sila === 'shown' });
  });
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });
  let told = 0;
  onState(() => {
    const { messages, seen, shown } = getState();
    const count = shown ? 0 : messages.filter((one) => one.seq > seen && one.from !== 'person').length;
    if (count === told) return;
    told = count;
    tell({ sila: 'unread', count });
  });
  tell({ sila: 'ready' });
}

function read(data: unknown): ToChat | null {
  if (typeof data !== 'object' || data === null || !('sila' in data)) return null;
  return data.sila === 'shown' || data.sila === 'hidden' ? { sila: data.sila } : null;
}
