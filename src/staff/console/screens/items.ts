// The screens of the console and who sees them.
import {
  IconBook2,
  IconClipboardList,
  IconFolders,
  IconHistory,
  IconMessageQuestion,
  IconMessages,
  IconPlugConnected,
  IconStar,
  IconUserCircle,
  IconUsers,
} from '@tabler/icons-react';
import type { Icon } from '@tabler/icons-react';
import type { Permission } from '../api/types.js';
import type { Place } from '../state/route.js';
import { useSession } from '../state/session.js';

export interface Item {
  place: Place;
  key: string;
  icon: Icon;
  needs?: Permission;
}

/** In the order of use. The first two stand on a phone's bottom bar, the rest under "more". */
export const ITEMS: readonly Item[] = [
  { place: { at: 'inbox', id: null }, key: 'console.nav.inbox', icon: IconMessages, needs: 'converse' },
  { place: { at: 'cases' }, key: 'console.nav.cases', icon: IconFolders, needs: 'read_cases' },
  { place: { at: 'desk', register: 'visits' }, key: 'console.nav.desk', icon: IconClipboardList, needs: 'desk' },
  { place: { at: 'questions' }, key: 'console.nav.questions', icon: IconMessageQuestion, needs: 'teach' },
  { place: { at: 'articles' }, key: 'console.nav.articles', icon: IconBook2, needs: 'teach' },
  { place: { at: 'ratings' }, key: 'console.nav.ratings', icon: IconStar, needs: 'read_ratings' },
  { place: { at: 'people' }, key: 'console.nav.people', icon: IconUsers, needs: 'manage_staff' },
  { place: { at: 'channels' }, key: 'console.nav.channels', icon: IconPlugConnected, needs: 'connect' },
  { place: { at: 'audit' }, key: 'console.nav.audit', icon: IconHistory, needs: 'read_audit' },
  { place: { at: 'me' }, key: 'console.nav.me', icon: IconUserCircle },
];

export function useItems(): Item[] {
  const { me } = useSession();
  return ITEMS.filter(({ needs }) => needs === undefined || me.permissions.includes(needs));
}
