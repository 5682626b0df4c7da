// What the launcher on the charity's page and the conversation page in its frame say to each other. Types only: both are built alone.

/** From the conversation page to the launcher. */
export type ToLauncher = { sila: 'ready' } | { sila: 'close' } | { sila: 'unread'; count: number };
/** From the launcher to the conversation page. */
export type ToChat = { sila: 'shown' } | { sila: 'hidden' };
