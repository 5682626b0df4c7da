// Which screen an address shows.
import { ArticlePage } from '../articles/article-page.js';
import { ArticlesPage } from '../articles/articles-page.js';
import { CasePage } from '../cases/case-page.js';
import { CasesPage } from '../cases/cases-page.js';
import { DeskPage } from '../desk/desk-page.js';
import { EntryPage } from '../desk/entry-page.js';
import { ReceiptPage } from '../desk/receipt.js';
import { Inbox } from '../inbox/inbox.js';
import { QuestionsPage } from '../questions/questions-page.js';
import type { Place } from '../state/route.js';
import { AuditPage } from './audit.js';
import { ChannelsPage } from './channels.js';
import { LanesPage } from './lanes.js';
import { MePage } from './me.js';
import { MorePage } from './more.js';
import { PeoplePage } from './people.js';
import { RatingsPage } from './ratings.js';

export function Screen({ place }: { place: Place }) {
  switch (place.at) {
    case 'inbox':
      return <Inbox open={place.id} />;
    case 'cases':
      return <CasesPage />;
    case 'case':
      return <CasePage key={place.number} number={place.number} />;
    case 'desk':
      return <DeskPage register={place.register} />;
    case 'entry':
      return <EntryPage key={place.id} id={place.id} />;
    case 'receipt':
      return <ReceiptPage key={place.id} id={place.id} />;
    case 'questions':
      return <QuestionsPage />;
    case 'articles':
      return <ArticlesPage />;
    case 'article':
      return <ArticlePage key={place.id} id={place.id} />;
    case 'ratings':
      return <RatingsPage />;
    case 'people':
      return <PeoplePage />;
    case 'channels':
      return <ChannelsPage />;
    case 'audit':
      return <AuditPage />;
    case 'lanes':
      return <LanesPage />;
    case 'me':
      return <MePage />;
    case 'more':
      return <MorePage />;
  }
}
