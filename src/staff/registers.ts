// The registers of the desk for staff: visits, calls, letters; and the forms that are filled for whoever is there.
import { z } from 'zod';
import type { Route } from '../../channels/channel.js';
import { MOST_WORDS, type DeskContract } from '../conversation/desk-types.js';
import type {
  EntryMove,
  EntryQuery,
  FileRefused,
  FormAnswerFields,
  NewEntryFields,
} from '../conversation/register-types.js';
import type { FileRef } from '../engine/types.js';
import { answer, Refused } from './answers.js';
import { endpoint } from './endpoint.js';
import type { GuardDeps } from './endpoint.js';
import { caseNumber, clientId, id, language, limit, line, whole, words } from './shapes.js';
import { fileName, UPLOAD_BYTES } from './uploads.js';

export interface RegisterDeps extends GuardDeps {
  desk: Pick<DeskContract, 'registers' | 'forms'>;
}

const register = z.enum(['visits', 'calls', 'incoming', 'outgoing']);
const state = z.string().regex(/^[a-z_]{2,20}$/);
const day = z.strictObject({ iso: z.string().regex(/^\d{4}-\d{2}-\d{2}$/), calendar: z.enum(['hijri', 'gregorian']) });
const time = whole.pipe(z.number().positive());

export function registerRoutes(deps: RegisterDeps): Route[] {
  return [
    overview(deps),
    search(deps),
    add(deps),
    read(deps),
    move(deps),
    addFile(deps),
    code(deps),
    link(deps),
    erase(deps),
    ofCase(deps),
    ...formRoutes(deps),
  ];
}

function overview({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/registers',
    needs: 'desk',
    handle: async () => answer({ registers: await desk.registers.counts(), flows: await desk.forms.flows() }),
  });
}

function search({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/search',
    needs: 'desk',
    body: {
      register,
      open: z.boolean().optional(),
      state: state.optional(),
      search: z.string().trim().min(1).max(200).optional(),
      limit,
      before: id.optional(),
    },
    handle: async ({ me, body }) => answer({ entries: await desk.registers.list(given<EntryQuery>(body), me.staff) }),
  });
}

function add({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers',
    needs: 'desk',
    body: {
      clientId,
      register,
      state: state.optional(),
      dueAt: time.optional(),
      name: line(200),
      phone: line(40).optional(),
      subject: line(300),
      note: words.optional(),
      day: day.optional(),
      theirs: line(60).optional(),
      caseNumber: caseNumber.optional(),
      answers: id.optional(),
    },
    handle: async ({ me, body: { clientId: once, ...fields } }) =>
      answer({ entry: await desk.registers.add(given<NewEntryFields>(fields), me.staff, once) }),
  });
}

function read({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/registers/:id',
    needs: 'desk',
    params: { id },
    handle: async ({ me, params }) => {
      const entry = await desk.registers.read(params.id, me.staff);
      return answer({ entry, form: await desk.forms.state(params.id, me.staff) });
    },
  });
}

function move({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/move',
    needs: 'desk',
    params: { id },
    body: {
      version: whole.pipe(z.number().positive()),
      to: state,
      dueAt: time.optional(),
      note: words.optional(),
      tell: words.optional(),
    },
    handle: async ({ me, params, body: { version, ...change } }) =>
      answer({ entry: await desk.registers.move(params.id, me.staff, version, given<EntryMove>(change)) }),
  });
}

function addFile({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/files',
    needs: 'desk',
    params: { id },
    raw: UPLOAD_BYTES,
    handle: async ({ request, me, params }) => {
      const kept = await desk.registers.addFile(params.id, me.staff, fileName(request), request.body);
      return answer('refused' in kept ? { refused: kept } : { entry: kept });
    },
  });
}

function code({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/code',
    needs: 'desk',
    params: { id },
    body: { language },
    handle: async ({ me, params, body }) =>
      answer({ code: await desk.registers.code(params.id, me.staff, body.language) }),
  });
}

function link({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/link',
    needs: 'desk',
    params: { id },
    body: { clientId, code: line(40) },
    handle: async ({ me, params, body }) =>
      answer({ entry: await desk.registers.link(params.id, me.staff, body.code, body.clientId) }),
  });
}

/** `sure` is the entry's id once more, as for a person. */
function erase({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/erase',
    needs: 'erase',
    params: { id },
    body: { sure: id },
    handle: async ({ me, params, body }) => {
      if (body.sure !== params.id) throw new Refused('invalid');
      await desk.registers.erase(params.id, me.staff);
      return answer({});
    },
  });
}

function ofCase({ desk, ...deps }: RegisterDeps): Route {
  return endpoint(deps, {
    method: 'GET',
    path: '/cases/:number/entries',
    needs: 'desk',
    params: { number: caseNumber },
    handle: async ({ me, params }) => answer({ entries: await desk.registers.ofCase(params.number, me.staff) }),
  });
}

function formRoutes({ desk, ...deps }: RegisterDeps): Route[] {
  const begin = endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/form',
    needs: 'desk',
    params: { id },
    body: { clientId, flow: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/), language },
    handle: async ({ me, params, body }) => answer({ form: await desk.forms.begin(params.id, me.staff, body) }),
  });
  const reply = endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/answer',
    needs: 'desk',
    params: { id },
    body: {
      clientId,
      text: z.string().max(MOST_WORDS).optional(),
      choice: z.string().min(1).max(512).optional(),
      files: z.array(id).max(10).optional(),
    },
    handle: async ({ me, params, body }) =>
      answer({ form: await desk.forms.answer(params.id, me.staff, given<FormAnswerFields>(body)) }),
  });
  const correct = endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/correct',
    needs: 'desk',
    params: { id },
    body: { clientId, field: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/) },
    handle: async ({ me, params, body }) => answer({ form: await desk.forms.correct(params.id, me.staff, body) }),
  });
  const paper = endpoint(deps, {
    method: 'POST',
    path: '/registers/:id/papers',
    needs: 'desk',
    params: { id },
    raw: UPLOAD_BYTES,
    handle: async ({ request, me, params }) =>
      keptAnswer(await desk.forms.keepFile(params.id, me.staff, fileName(request), request.body)),
  });
  return [begin, reply, correct, paper];
}

function keptAnswer(kept: FileRef | FileRefused) {
  return answer('refused' in kept ? { refused: kept } : { file: kept });
}

/** Without what was left out: optional is not the same as undefined. */
function given<T extends object>(fields: { [K in keyof T]?: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
