// Notices in a group chat of staff, with buttons: take the conversation, open it in the console.
import type { StaffGroup, StaffListener } from '../../../channels/channel.js';
import { DeskError, type DeskContract, type Staff } from '../../conversation/desk-types.js';
import type { StaffRow } from '../../store/contract.js';
import { may } from '../permissions.js';
import type { StaffLinks } from './links.js';
import type { Way, Word } from './way.js';

export interface GroupDeps {
  /** The channel's name. */
  channel: string;
  group: StaffGroup;
  links: StaffLinks;
  desk: Pick<DeskContract, 'take'>;
  /** Texts of flows/texts, in the language of the group. */
  say: (key: string, values?: Readonly<Record<string, string>>) => string;
  /** False: the console has no address that another machine could open. */
  reachable: boolean;
}

/** Where a member of staff is waited for, or had better look. */
const TAKEN: ReadonlySet<Word['kind']> = new Set(['handoff', 'handoff_late', 'danger', 'repeating']);

export function createGroup({ channel, group, say, reachable }: GroupDeps): Way {
  return {
    name: channel,
    check: () => group.check(),
    tell: async (word) => {
      const { conversation, kind, title, more, url } = word;
      const take = conversation !== null && TAKEN.has(kind);
      const posted = await group.post({
        text: reachable ? `${title}\n${more}` : `${title}\n${more}\n${url}`,
        buttons: [
          ...(take ? [{ label: say('notices.take'), tap: `take.${conversation}` }] : []),
          ...(reachable ? [{ label: say('notices.open'), url }] : []),
        ],
      });
      if (posted.result === 'sent') return { result: 'done' };
      const after = posted.result === 'error' ? (posted.retryAfter ?? null) : null;
      return { result: 'again', after, code: posted.error.code };
    },
  };
}

/** What happens when somebody of the group taps, and when somebody shows a code. */
export function groupListener(deps: GroupDeps): StaffListener {
  const { channel, links, say } = deps;
  return {
    tapped: async (user, data) => {
      const conversation = /^take\.([0-9a-f-]{36})$/.exec(data)?.[1];
      if (conversation === undefined) return { say: say('notices.gone'), done: true };
      const row = await links.whoIs(channel, user);
      if (!row || !may(row.role, 'converse')) return { say: say('notices.not_linked'), done: false };
      return take(deps, conversation, row);
    },
    linked: async (user, code) => {
      const row = await links.use(code, channel, user);
      return row ? say('notices.linked', { name: row.name }) : say('notices.link_refused');
    },
  };
}

async function take({ desk, say }: GroupDeps, conversation: string, row: StaffRow) {
  const staff: Staff = { id: row.id, name: row.name, role: row.role };
  try {
    await desk.take(conversation, staff);
    return { say: say('notices.taken'), done: true };
  } catch (error) {
    if (!(error instanceof DeskError)) throw error;
    return { say: say(error.code === 'conflict' ? 'notices.taken_by_other' : 'notices.gone'), done: true };
  }
}
