// Takes the conversation off this device.
import { hangUp } from './line.js';
import { dropSession } from './session.js';
import { blobs } from './storage.js';
import { setNotice, setPending, setState } from './store.js';

export function forget(): void {
  hangUp();
  dropSession();
  void blobs.clear();
  setPending([]);
  setState({ messages: [], line: 'idle', typing: false, seen: 0 });
  setNotice('forgotten');
}
