// Search answers at once, the trained model as soon as it is there; a kept model is taken, a damaged one is made anew.
import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Knowledge } from '../../src/conversation/knowledge.js';
import { answerQuestion } from '../../src/conversation/questions.js';
import { Texts } from '../../src/conversation/texts.js';
import { encode, train } from '../../src/inquiries/index.js';
import type { Article, FoundArticles } from '../../src/inquiries/index.js';
import { pack } from '../support/pack.js';
import { smallLessons } from '../support/small-lessons.js';

const dir = mkdtempSync(join(tmpdir(), 'sila-models-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const article = (id: string, title: string): Article => ({
  id,
  title: { ar: title },
  questions: { ar: [title] },
  body: { ar: `${title} في {charity.name}` },
});
const articles = [article('donate', 'التبرع'), article('contact', 'العنوان')];
const lessons = smallLessons;

describe('knowledge', () => {
  it('trains once, keeps the model, takes it the next time, and makes a damaged one anew', async () => {
    const logged: [string, unknown][] = [];
    let trainings = 0;
    const learn = async (): Promise<FoundArticles> => {
      const knowledge = new Knowledge(articles, () => 0);
      const bytes = (): Promise<Uint8Array> => (trainings++, Promise.resolve(encode(train(lessons))));
      await knowledge.learn(lessons, { dir, train: bytes }, (event, facts) => logged.push([event, facts?.['kept']]));
      return knowledge.find('ابغى ادعمكم بمبلغ', 'ar');
    };
    expect(new Knowledge(articles, () => 0).find('ابغى ادعمكم بمبلغ', 'ar').outcome).toBe('none');
    expect((await learn()).outcome).not.toBe('none');
    expect((await learn()).outcome).not.toBe('none');
    expect(trainings).toBe(1);
    const [name = ''] = readdirSync(dir);
    truncateSync(join(dir, name), 100);
    await learn();
    expect(trainings).toBe(2);
    expect(logged).toEqual([
      ['questions.ready', false],
      ['questions.ready', true],
      ['questions.ready', false],
    ]);
    expect(readdirSync(dir)).toEqual([name]);
  });

  it('searches on when training fails or gives something else', async () => {
    const failures = [() => Promise.reject(new Error('no')), () => Promise.resolve(new Uint8Array(3))];
    for (const failing of failures) {
      const events: string[] = [];
      const knowledge = new Knowledge(articles, () => 0);
      const other = { ...lessons, withheld: [], examples: lessons.examples.slice(1) };
      await knowledge.learn(other, { dir, train: failing }, (event) => events.push(event));
      expect(events).toEqual(['questions.untrained']);
      expect(knowledge.find('التبرع', 'ar').best?.id).toBe('donate');
    }
  });
});

describe('an answer', () => {
  const { set, texts } = pack('safe-treatment');
  const house = (found: FoundArticles): Parameters<typeof answerQuestion>[0] => ({
    finder: { find: () => found, article: (id) => articles.find((one) => one.id === id) },
    charity: set.charity,
    texts: new Texts(texts, set.languages),
  });
  const [donate, contact] = articles as [Article, Article];
  const ask = (found: FoundArticles) => answerQuestion(house(found), 'ar', { question: 'سؤال' });

  it('names the charity, its topic and the flow that does it', () => {
    const found = ask({ outcome: 'answered', best: donate, others: [], intent: 'donate', flow: 'donate' });
    expect(found.values).toEqual({
      answer: 'التبرع في جمعية العلاج الآمن',
      title: 'التبرع',
      topic: 'donate',
      flow: 'donate',
    });
  });

  it('to two questions holds both', () => {
    const found = ask({ outcome: 'answered', best: donate, others: [], also: [contact] });
    expect(found.values?.answer).toBe('التبرع في جمعية العلاج الآمن\n\nالعنوان في جمعية العلاج الآمن');
  });

  it('to a plea for what is not given says so kindly, with what is given', () => {
    const found = ask({ outcome: 'answered', best: donate, others: [], intent: 'household', withheld: true });
    expect(found.values?.answer).toContain('التبرع في جمعية العلاج الآمن');
    expect(found.values?.answer).toContain('موظف');
    expect(found.values?.answer).not.toContain('{');
  });

  it.each(['greeting', 'thanks', 'farewell'])('to a courtesy (%s) is one, in each language', (courtesy) => {
    for (const language of ['ar', 'en']) {
      const found = answerQuestion(house({ outcome: 'answered', others: [], courtesy }), language, { question: 'x' });
      expect(found.values?.answer).not.toMatch(/inquiry|\{/);
    }
  });

  it('that is not sure offers titles; a picked article that is gone is none', () => {
    expect(ask({ outcome: 'unsure', others: articles }).choices).toEqual([
      { id: 'donate', label: 'التبرع' },
      { id: 'contact', label: 'العنوان' },
    ]);
    expect(answerQuestion(house({ outcome: 'none', others: [] }), 'ar', { article: 'gone' })).toEqual({
      outcome: 'none',
    });
  });
});
