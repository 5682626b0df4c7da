// Answers questions from the articles, in the words of the house.
import type { Found, Language } from '../engine/types.js';
import { plainMarkdown } from '../inquiries/index.js';
import type { Article, Finder, FoundArticles } from '../inquiries/index.js';
import type { House } from './house.js';

/** What of the house answers. */
type Answering = { readonly finder: Finder } & Pick<House, 'texts' | 'charity'>;

/** What a flow asked: a question, with the topic of the last answer where there was one, or an article that was picked. */
export interface Asked {
  readonly question?: string;
  readonly topic?: string;
  readonly article?: string;
}

/**
 * `answered`: `answer` is said, `topic` is what a next question may point back to, `flow` is what does it, `deed` that it was asked for, `courtesy` that nothing was asked,
 * `withheld` that the charity does not give it, or a part of it. `unsure`: the choices are offered. `none`: nothing is near.
 */
export function answerQuestion(house: Answering, language: Language, { question, topic, article }: Asked): Found {
  if (article !== undefined) {
    const picked = house.finder.article(article);
    return picked ? answered(house, language, [picked]) : { outcome: 'none' };
  }
  const found = house.finder.find(question ?? '', language, topic);
  if (found.courtesy !== undefined) {
    const answer = house.texts.say(`inquiry.courtesy.${found.courtesy}`, language, charityValues(house, language));
    return { outcome: 'answered', values: { answer, title: '', courtesy: found.courtesy } };
  }
  if (found.best) return direct(house, language, found, found.best);
  if (found.outcome === 'none') return { outcome: 'none' };
  return {
    outcome: 'unsure',
    choices: found.others.map(({ id, title }) => ({ id, label: house.texts.render(title, language) })),
  };
}

/** The answers in their order; what the charity does not give is said kindly, with what it gives and who knows more. */
function direct(house: Answering, language: Language, found: FoundArticles, best: Article): Found {
  const { instead = found.withheld === true ? [best.id] : [], intent, flow, deed } = found;
  const said = answered(house, language, [best, ...(found.also ?? [])], instead);
  const topic = intent !== undefined && { topic: intent };
  const withheld = instead.length > 0 && { withheld: found.withheld === true ? 'yes' : 'part' };
  const does = flow !== undefined && { flow, ...(deed === true && { deed: 'yes' }) };
  return { outcome: 'answered', values: { ...said.values, ...topic, ...does, ...withheld } };
}

/** `instead`: the articles that tell what is given in place of what is not. */
function answered(
  house: Answering,
  language: Language,
  articles: readonly Article[],
  instead: readonly string[] = [],
): Found {
  const values = charityValues(house, language);
  const said = articles.map((one) => {
    const answer = bodyOf(house, language, one);
    return instead.includes(one.id) ? house.texts.say('inquiry.withheld', language, { answer }) : answer;
  });
  const title = articles.map((one) => house.texts.render(one.title, language, values)).join(' · ');
  return { outcome: 'answered', values: { answer: said.join('\n\n'), title } };
}

/** What a person is told: plain words, in every channel alike. */
export function bodyOf(house: Answering, language: Language, { body }: Pick<Article, 'body'>): string {
  return plainMarkdown(house.texts.render(body, language, charityValues(house, language)));
}

/** What `{charity.…}` stands for in an article. */
function charityValues({ charity, texts }: Answering, language: Language): Record<string, string> {
  const facts = Object.entries({ ...charity.facts, name: charity.name });
  return Object.fromEntries(facts.map(([name, text]) => [`charity.${name}`, texts.render(text, language)]));
}
