// The answers of the charity for staff: read, written, checked, put back.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { ArticlesContract } from '../conversation/article-types.js';
import { answer } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { line } from './shapes.js';

export interface ArticleDeps extends GuardDeps {
  articles: ArticlesContract;
}

const article = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);
const version = z.number().int().min(0).max(100_000);
const spoken = <T extends z.ZodType>(value: T) => z.record(z.string().regex(/^[a-z]{2,3}$/), value);
const TITLE = 60;
const QUESTION = 200;
const MOST_QUESTIONS = 100;
/** Longer than anybody reads in a chat. */
const BODY = 4_000;
/** In every form that staff may be in the middle of: what is missing is told by the check, not refused here. */
const draft = z.strictObject({
  title: spoken(line(TITLE)),
  questions: spoken(z.array(line(QUESTION)).max(MOST_QUESTIONS)),
  body: spoken(z.string().max(BODY)),
  audience: z.array(line(40)).max(8),
  validUntil: z.iso.date().nullable(),
  owner: line(60).nullable(),
  placeholder: z.boolean(),
});

export function articleRoutes({ articles, ...deps }: ArticleDeps): Route[] {
  return [...reading(deps, articles), ...writing(deps, articles)];
}

function reading(deps: GuardDeps, articles: ArticlesContract): Route[] {
  const list = endpoint(deps, {
    method: 'GET',
    path: '/articles',
    needs: 'teach',
    handle: async ({ me }) => answer({ articles: await articles.list(me.staff) }),
  });
  const versions = endpoint(deps, {
    method: 'GET',
    path: '/articles/:id/versions',
    needs: 'teach',
    params: { id: article },
    handle: async ({ me, params }) => answer({ versions: await articles.versions(params.id, me.staff) }),
  });
  return [list, versions];
}

function writing(deps: GuardDeps, articles: ArticlesContract): Route[] {
  const check = endpoint(deps, {
    method: 'POST',
    path: '/article-checks',
    needs: 'teach',
    body: { article: article.nullable(), draft },
    handle: ({ body }) => Promise.resolve(answer({ checked: articles.check(body.article, body.draft) })),
  });
  const add = endpoint(deps, {
    method: 'POST',
    path: '/articles',
    needs: 'teach',
    body: { draft },
    handle: async ({ me, body }) => answer({ id: await articles.write(null, 0, body.draft, me.staff) }),
  });
  const change = endpoint(deps, {
    method: 'POST',
    path: '/articles/:id',
    needs: 'teach',
    params: { id: article },
    body: { expected: version, draft },
    handle: async ({ me, params, body }) =>
      answer({ id: await articles.write(params.id, body.expected, body.draft, me.staff) }),
  });
  const back = endpoint(deps, {
    method: 'POST',
    path: '/articles/:id/go-back',
    needs: 'teach',
    params: { id: article },
    body: { version },
    handle: async ({ me, params, body }) => {
      await articles.goBack(params.id, body.version, me.staff);
      return answer({});
    },
  });
  return [check, add, change, back];
}
