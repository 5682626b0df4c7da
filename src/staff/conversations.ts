// Conversations for staff: the live list, one conversation with its words, and who speaks in it.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import type { DeskContract } from '../conversation/desk-types.js';
import { answer, Refused } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { before, clientId, id, language, limit, templateId, whole, words } from './shapes.js';
import { fileName, UPLOAD_BYTES } from './uploads.js';

export interface ConversationDeps extends GuardDeps {
  desk: DeskContract;
}

/** Lines of a conversation that come with its opening. */
const NEWEST = 100;

export function conversationRoutes(deps: ConversationDeps): Route[] {
  return [
    list(deps),
    open(deps),
    transcript(deps),
    take(deps),
    reply(deps),
    file(deps),
    template(deps),
    handBack(deps),
    separate(deps),
    linkCode(deps),
    retain(deps),
    release(deps),
    erase(deps),
  ];
}

function list({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/conversations',
    needs: 'converse',
    query: { hold: z.enum(['none', 'waiting', 'taken']).optional(), limit, before },
    handle: async ({ query: { hold, limit: most, before: below } }) => {
      const conversations = await desk.conversations({
        limit: most,
        ...(hold === undefined ? {} : { hold }),
        ...(below === undefined ? {} : { before: below }),
      });
      return answer({ conversations });
    },
  });
}

/** The card and its newest lines, oldest first. */
function open({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/conversations/:id',
    needs: 'converse',
    params: { id },
    handle: async ({ me, params }) => {
      const conversation = await desk.conversation(params.id, me.staff);
      const after = Math.max(0, conversation.seq - NEWEST);
      const lines = await desk.transcript(params.id, me.staff, after, 200);
      return answer({ conversation, lines, earlier: after });
    },
  });
}

function transcript({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/conversations/:id/lines',
    needs: 'converse',
    params: { id },
    query: { after: whole.default(0), limit },
    handle: async ({ me, params, query }) => {
      const lines = await desk.transcript(params.id, me.staff, query.after, query.limit);
      return answer({ lines });
    },
  });
}

function take({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/take',
    needs: 'converse',
    params: { id },
    handle: async ({ me, params }) => {
      await desk.take(params.id, me.staff);
      return answer({});
    },
  });
}

function reply({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/reply',
    needs: 'converse',
    params: { id },
    body: { text: words.optional(), file: id.optional(), clientId },
    handle: async ({ me, params, body }) => {
      await desk.reply(params.id, me.staff, body.text ?? '', body.clientId, body.file);
      return answer({});
    },
  });
}

/** Bytes of a file that a reply will carry. */
function file({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/files',
    needs: 'converse',
    params: { id },
    raw: UPLOAD_BYTES,
    handle: async ({ request, me, params }) => {
      const kept = await desk.keepFile(params.id, me.staff, fileName(request), request.body);
      return answer('refused' in kept ? { refused: kept } : { file: kept });
    },
  });
}

/** An approved template, its parameters in order. */
function template({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/template',
    needs: 'converse',
    params: { id },
    body: { template: templateId, parameters: z.array(words).max(20), clientId },
    handle: async ({ me, params, body }) => {
      await desk.sendTemplate(params.id, me.staff, body.template, body.parameters, body.clientId);
      return answer({});
    },
  });
}

function handBack({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/hand-back',
    needs: 'converse',
    params: { id },
    handle: async ({ me, params }) => {
      await desk.handBack(params.id, me.staff);
      return answer({});
    },
  });
}

/** While it stands, the person's data are not erased. */
function retain({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/retain',
    needs: 'erase',
    params: { id },
    body: { reason: words },
    handle: async ({ me, params, body }) => {
      await desk.retain(params.id, me.staff, body.reason);
      return answer({});
    },
  });
}

function release({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/release',
    needs: 'erase',
    params: { id },
    handle: async ({ me, params }) => {
      await desk.release(params.id, me.staff);
      return answer({});
    },
  });
}

/** `sure` is the conversation's id once more: nothing is destroyed by a stray request. `also`: linked conversations that go with it. */
function erase({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/erase',
    needs: 'erase',
    params: { id },
    body: { sure: id, also: z.array(id).max(20).default([]) },
    handle: async ({ me, params, body }) => {
      if (body.sure !== params.id) throw new Refused('invalid');
      return answer({ erased: await desk.erase(params.id, me.staff, body.also) });
    },
  });
}

function linkCode({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/code',
    needs: 'converse',
    params: { id },
    body: { language },
    handle: async ({ me, params, body }) => answer({ code: await desk.linkCode(params.id, me.staff, body.language) }),
  });
}

function separate({ desk, ...deps }: ConversationDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/conversations/:id/separate',
    needs: 'converse',
    params: { id },
    handle: async ({ me, params }) => {
      await desk.separate(params.id, me.staff);
      return answer({});
    },
  });
}
