// Fetches what was attached to a letter that was accepted: by its UID, and only when the very letter still lies there.
import { createHash } from 'node:crypto';
import type { Fetched, RemoteFile } from '../channel.js';
import type { Attached } from './letter.js';
import type { Mailbox } from './mailbox.js';
import type { Read } from './reading.js';

type Facts = Readonly<Record<string, string>>;

/** The person sends it again: the letter is gone. */
const gone: Fetched = { result: 'refused', refused: 'file_unreadable' };

export class AttachedFiles {
  /** Letters that are being fetched: their files are asked for side by side, and one load brings them all. */
  private readonly loads = new Map<string, Promise<Attached[] | null>>();

  constructor(
    private readonly open: () => Promise<Mailbox>,
    private readonly readLetter: Read,
  ) {}

  async fetch({ facts }: RemoteFile): Promise<Fetched> {
    try {
      const attached = await this.load(facts);
      const bytes = attached?.[Number(facts['place'])]?.bytes;
      return bytes === undefined ? gone : { result: 'bytes', bytes };
    } catch {
      return { result: 'later' };
    }
  }

  private load(facts: Facts): Promise<Attached[] | null> {
    const { digest = '' } = facts;
    const running = this.loads.get(digest);
    if (running) return running;
    const load = this.read(facts, digest).finally(() => this.loads.delete(digest));
    this.loads.set(digest, load);
    return load;
  }

  /** Null when it lies there no more: people of the charity may move and delete. A server that numbers its letters anew is asked by the id. */
  private async read({ uid = '', validity, id = '' }: Facts, digest: string): Promise<Attached[] | null> {
    const mailbox = await this.open();
    try {
      const at = mailbox.validity === validity ? Number(uid) : await mailbox.find(id);
      const stored = at === null ? null : await mailbox.fetch(at);
      if (!stored || createHash('sha256').update(stored.bytes).digest('hex') !== digest) return null;
      const reading = await this.readLetter(stored.bytes);
      return reading.kind === 'read' ? reading.letter.attachments : null;
    } finally {
      await mailbox.close();
    }
  }
}
