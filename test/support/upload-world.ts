// Somebody at the question for a paper, and the upload page on a loopback port.
import { onTestFinished } from 'vitest';
import { Uploads } from '../../src/conversation/uploads.js';
import { createUploadRoutes } from '../../src/server/upload-page.js';
import { startServer } from '../../src/server/server.js';
import { started, type Harness } from '../conversation/harness.js';
import { FATIMA, fileRequest } from '../conversation/request.js';
import { pack } from './pack.js';

/** The question that waits. */
export const PAPER = 'papers_id_copy';
const LINK = /\/u\/([\w-]{43})/;

export interface UploadWorld {
  h: Harness;
  url: string;
  /** Asks for a link in the conversation and gives back its path. */
  link: () => Promise<string>;
  send: (path: string, files: [Buffer | string, string][], headers?: Record<string, string>) => Promise<Response>;
}

/** Somebody at the question for the first paper, and the page on a loopback port. */
export async function uploadWorld(): Promise<UploadWorld> {
  const h = await started();
  const bundle = pack('safe-treatment');
  const { house } = h.sila;
  const server = await startServer({
    ...{ host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1', hops: 1, widgetOrigins: [], publicDir: 'none' },
    ...{ channels: [], flowSet: () => bundle.set, texts: bundle.texts },
    routes: createUploadRoutes({ uploads: new Uploads(house), texts: house.texts, flowSet: () => bundle.set }),
    observer: house,
    readNumbers: h.sila.readNumbers,
    readiness: h.sila.readiness,
    newId: () => 'id',
  });
  onTestFinished(() => server.stop());
  await fileRequest(h, FATIMA, PAPER);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    h,
    url,
    link: async () => {
      const said = (await h.tell(FATIMA.user, 'رابط رفع آمن')).join('\n');
      const token = LINK.exec(said)?.[1];
      if (token === undefined) throw new Error(`no link in: ${said}`);
      return `/u/${token}`;
    },
    send: (path, files, headers = {}) => {
      const body = new FormData();
      for (const [bytes, name] of files) body.append('files', new Blob([new Uint8Array(Buffer.from(bytes))]), name);
      return fetch(url + path, { method: 'POST', body, headers });
    },
  };
}
