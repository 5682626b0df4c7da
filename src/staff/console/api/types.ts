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
import type {
  EntryCode,
  EntryCounts,
  EntryDetail,
  EntryLine,
  FileRefused,
  FormFlow,
  FormState,
  WrittenDay,
} from '../../../conversation/register-types.js';
import type {
  LearningOverview,
  LessonLine,
  Meaning,
  ModelLine,
  QuestionCluster,
} from '../../../conversation/learning-types.js';
import type {
  ArticleDraft,
  ArticleLine,
  ArticleVersionLine,
  CheckedArticle,
} from '../../../conversation/article-types.js';
import type { SessionLine } from '../../../conversation/session-types.js';
import type { Text } from '../../../engine/types.js';
import type { LaneState } from '../../../queue/contract.js';
import type { AuditEntry, Notice, StaffRow } from '../../../store/contract.js';
import type { MaskedAnswer, MaskedCase } from '../../masking.js';
import type { Permission, Role } from '../../permissions.js';

export type {
  ArticleDraft,
  ArticleLine,
  ArticleVersionLine,
  CaseLine,
  CheckedArticle,
  ConversationCard,
  ConversationDetail,
  DeskCounts,
  DeskHint,
  EntryCode,
  EntryDetail,
  EntryLine,
  FileRefused,
  FormState,
  LaneState,
  LearningOverview,
  LessonLine,
  MaskedAnswer,
  MaskedCase,
  Meaning,
  ModelLine,
  Notice,
  Permission,
  QuestionCluster,
  RatingLine,
  Role,
  SessionLine,
  TemplateOffer,
  Text,
  TranscriptLine,
  WrittenDay,
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
export type RegisterName = EntryLine['register'];
export interface DeskOverview {
  registers: EntryCounts[];
  flows: FormFlow[];
}
export interface OpenedEntry {
  entry: EntryDetail;
  form: FormState | null;
}
