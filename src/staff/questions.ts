// The learning loop for staff: questions that were not answered well, what they mean, and which model answers.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { LearningContract } from '../conversation/learning-types.js';
import { answer, Refused } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { id } from './shapes.js';

export interface QuestionDeps extends GuardDeps {
  /** Null: questions are only searched for here, nothing is learned. */
  learning: LearningContract | null;
}

const questions = z.array(id).min(1).max(200);
const intent = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/);

export function questionRoutes({ learning, ...deps }: QuestionDeps): Route[] {
  const overview = endpoint(deps, {
    method: 'GET',
    path: '/questions',
    needs: 'teach',
    handle: async ({ me }) => answer({ learning: learning && (await learning.overview(me.staff)) }),
  });
  return learning ? [overview, ...lessonRoutes(deps, learning), ...modelRoutes(deps, learning)] : [overview];
}

function lessonRoutes(deps: GuardDeps, learning: LearningContract): Route[] {
  const teach = endpoint(deps, {
    method: 'POST',
    path: '/questions/teach',
    needs: 'teach',
    body: { questions, intent },
    handle: async ({ me, body }) => {
      await learning.teach(body.questions, body.intent, me.staff);
      return answer({});
    },
  });
  const drop = endpoint(deps, {
    method: 'POST',
    path: '/questions/drop',
    needs: 'teach',
    body: { questions },
    handle: async ({ me, body }) => {
      await learning.drop(body.questions, me.staff);
      return answer({});
    },
  });
  const takeBack = endpoint(deps, {
    method: 'POST',
    path: '/lessons/:id/take-back',
    needs: 'teach',
    params: { id },
    handle: async ({ me, params }) => {
      await learning.takeBack(params.id, me.staff);
      return answer({});
    },
  });
  return [teach, drop, takeBack];
}

function modelRoutes(deps: GuardDeps, learning: LearningContract): Route[] {
  const train = endpoint(deps, {
    method: 'POST',
    path: '/models',
    needs: 'teach',
    handle: async ({ me }) => {
      await learning.train(me.staff);
      return answer({});
    },
  });
  const act = (path: string, write: LearningContract['promote']): Route =>
    endpoint(deps, {
      method: 'POST',
      path: `/models/:id/${path}`,
      needs: 'promote',
      params: { id },
      // `sure` is the id once more: what answers everybody changes.
      body: { sure: id },
      handle: async ({ me, params, body }) => {
        if (body.sure !== params.id) throw new Refused('invalid');
        await write(params.id, me.staff);
        return answer({});
      },
    });
  return [
    train,
    act('promote', (model, staff) => learning.promote(model, staff)),
    act('go-back', (model, staff) => learning.goBack(model, staff)),
  ];
}
