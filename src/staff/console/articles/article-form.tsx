// The fields of an article, in each of the charity's languages.
import { Checkbox, MultiSelect, Select, Tabs, Textarea, TextInput } from '@mantine/core';
import type { ChangeEvent } from 'react';
import type { ArticleDraft } from '../api/types.js';
import { useSession } from '../state/session.js';
import { useSay } from '../words/language.js';
import css from './articles.module.css';

interface Props {
  draft: ArticleDraft;
  change: (draft: ArticleDraft) => void;
}

const TITLE = 60;
const BODY = 4_000;
const AUDIENCES = ['beneficiary', 'donor', 'volunteer', 'everyone'];
const OWNERS = ['reception', 'social-research', 'resources', 'volunteering', 'quality', 'administration'];

export function ArticleForm({ draft, change }: Props) {
  const say = useSay();
  const { charity } = useSession();
  const [first = 'ar'] = charity.languages;
  return (
    <div className={css['form']}>
      <Tabs defaultValue={first} keepMounted>
        <Tabs.List>
          {charity.languages.map((language) => (
            <Tabs.Tab key={language} value={language}>
              {say(`console.articles.language.${language}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {charity.languages.map((language) => (
          <Tabs.Panel key={language} value={language} pt="md">
            <Spoken draft={draft} change={change} language={language} />
          </Tabs.Panel>
        ))}
      </Tabs>
      <Facts draft={draft} change={change} />
    </div>
  );
}

function Spoken({ draft, change, language }: Props & { language: string }) {
  const say = useSay();
  const { title, questions, body } = draft;
  const isArabic = language === 'ar';
  const field = (name: 'title' | 'questions' | 'body', value: string, write: (value: string) => ArticleDraft) => ({
    ...{ label: say(`console.articles.field.${name}`), value, required: true, lang: language },
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => change(write(event.currentTarget.value)),
    dir: isArabic ? 'rtl' : 'ltr',
    // The console's own direction would decide otherwise.
    styles: { input: { textAlign: isArabic ? 'right' : 'left' } } as const,
  });
  return (
    <div className={css['form']}>
      <TextInput
        {...field('title', title[language] ?? '', (value) => ({ ...draft, title: { ...title, [language]: value } }))}
        maxLength={TITLE}
      />
      <Textarea
        {...field('questions', (questions[language] ?? []).join('\n'), (value) => {
          return { ...draft, questions: { ...questions, [language]: value.split('\n') } };
        })}
        description={say('console.articles.field.questions.about')}
        {...{ minRows: 4, maxRows: 12, autosize: true }}
      />
      <Textarea
        {...field('body', body[language] ?? '', (value) => ({ ...draft, body: { ...body, [language]: value } }))}
        description={say('console.articles.field.body.about')}
        {...{ minRows: 6, maxRows: 18, autosize: true, maxLength: BODY }}
      />
    </div>
  );
}

/** Whom it is for, until when it holds, who answers for it. */
function Facts({ draft, change }: Props) {
  const say = useSay();
  /** Those that the pack uses by their names, others as they are. */
  const named = (kind: 'audience' | 'owner', known: readonly string[], used: readonly string[]) =>
    [...new Set([...known, ...used])].map((value) => ({
      value,
      label: known.includes(value) ? say(`console.articles.${kind}.${value}`) : value,
    }));
  return (
    <>
      <MultiSelect
        label={say('console.articles.field.audience')}
        description={say('console.articles.field.audience.about')}
        data={named('audience', AUDIENCES, draft.audience)}
        value={[...draft.audience]}
        onChange={(audience) => change({ ...draft, audience })}
        maxValues={8}
      />
      <div className={css['pair']}>
        <TextInput
          type="date"
          label={say('console.articles.field.until')}
          description={say('console.articles.field.until.about')}
          value={draft.validUntil ?? ''}
          onChange={(event) => change({ ...draft, validUntil: event.currentTarget.value || null })}
        />
        <Select
          label={say('console.articles.field.owner')}
          description={say('console.articles.field.owner.about')}
          data={named('owner', OWNERS, draft.owner === null ? [] : [draft.owner])}
          value={draft.owner}
          onChange={(owner) => change({ ...draft, owner })}
        />
      </div>
      <Checkbox
        label={say('console.articles.field.placeholder')}
        checked={draft.placeholder}
        onChange={(event) => change({ ...draft, placeholder: event.currentTarget.checked })}
      />
    </>
  );
}
