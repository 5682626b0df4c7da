// What the API answers, as types; the shapes of the desk come from the desk.
import type {
  CaseLine,
  ConversationCard,
  ConversationDetail,
  DeskCounts,
  DeskHint,
  RatingLine,
  TemplateOffer,
  TranscriptLine,
} from '../../../conversation/desk-types.js';
import type { Text } from '../../../engine/types.js';
import type { AuditEntry, Notice, StaffRow } from '../../../store/contract.js';
import type { MaskedAnswer, MaskedCase } from '../../masking.js';
import type { Permission, Role } from '../../permissions.js';

export type {
  CaseLine,
  ConversationCard,
  ConversationDetail,
  DeskCounts,
  DeskHint,
  MaskedAnswer,
  MaskedCase,
  Notice,
  Permission,
  RatingLine,
  Role,
  TemplateOffer,
  Text,
  TranscriptLine,
};
export type { CaseEventLine, CaseStatus } from '../../../conversation/desk-types.js';
export type { FileRef } from '../../../engine/types.js';

export interface Charity {
  name: Text;
  zone: string;
  languages: string[];
}
export interface Me {
  id: string;
  login: string;
  name: string;
  role: Role;
  permissions: Permission[];
  token: string;
}
export interface SessionAnswer {
  charity: Charity;
  me: Me | null;
}
export interface Person {
  id: string;
  name: string;
  role: Role;
  active: boolean;
}
export type Account = Omit<StaffRow, 'password'>;
export type AuditLine = Omit<AuditEntry, 'hash'>;
export interface OpenedConversation {
  conversation: ConversationDetail;
  lines: TranscriptLine[];
  /** Lines up to this seq were not sent along. */
  earlier: number;
}
