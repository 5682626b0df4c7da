// On a phone: the screens that do not stand on the bottom bar.
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { PlaceLink } from '../parts/link.js';
import { useSession } from '../state/session.js';
import { useWords } from '../words/language.js';
import { useItems } from './items.js';
import { Box, Page } from './page.js';
import css from './page.module.css';

export function MorePage() {
  const { say, language } = useWords();
  const { charity, me } = useSession();
  const On = language === 'ar' ? IconChevronLeft : IconChevronRight;
  return (
    <Page title={say('console.nav.more')} about={charity.name[language] ?? ''}>
      <Box>
        <ul className={css['rows']}>
          {useItems()
            .slice(2)
            .map((item) => (
              <li key={item.key}>
                <PlaceLink to={item.place} className={css['rowLink']}>
                  <item.icon size={22} stroke={1.6} aria-hidden />
                  <span className={css['rowWords']}>
                    <span className={css['rowTitle']}>{say(item.key)}</span>
                    {item.place.at === 'me' && (
                      <span className={css['rowMore']}>
                        <bdi dir="auto">{me.name}</bdi>
                      </span>
                    )}
                  </span>
                  <On size={18} aria-hidden />
                </PlaceLink>
              </li>
            ))}
        </ul>
      </Box>
    </Page>
  );
}
