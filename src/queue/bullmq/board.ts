/** The operators' view of the bells: bull-board's own page, its files and those of its questions that change nothing. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { Queue as BullQueue } from 'bullmq';
import type { Board, BoardQuestion } from '../contract.js';
import { laneState } from './lanes.js';

type Adapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];
type Routes = Parameters<Adapter['setApiRoutes']>[0];
type View = Parameters<Adapter['setEntryRoute']>[0];
type Known = Parameters<Adapter['setQueues']>[0];
type Settings = Parameters<Adapter['setUIConfig']>[0];

export interface BoardOptions {
  /** Asked again with every question: lanes are opened while the page is. */
  queues: () => Promise<BullQueue[]>;
  /** Where the page lies, e.g. `/staff/queues`. */
  base: string;
  title: string;
}

export function createBoard({ queues, base, title }: BoardOptions): Board {
  const mount = new Mount();
  const uiConfig = { boardTitle: title, hideDocsLink: true, pollingInterval: { forceInterval: 5, showSetting: false } };
  const board = createBullBoard({ queues: [], serverAdapter: mount, options: { uiConfig } });
  const look = async () => {
    const readers = (await queues()).map((queue) => new BullMQAdapter(queue, { readOnlyMode: true }));
    board.replaceQueues(readers);
  };
  return {
    page: mount.page(base),
    files: filesBelow(mount.folder),
    questions: mount.questions(look),
    lanes: async () => Promise.all((await queues()).map(laneState)),
  };
}

/** What bull-board calls a server adapter: it is told everything it should serve, and we take what we want of it. */
class Mount implements Adapter {
  folder = '';
  #known: Known = new Map();
  #routes: Routes = [];
  #settings: Settings = {};
  #view: View | null = null;

  setQueues(known: Known): this {
    this.#known = known;
    return this;
  }

  setViewsPath(folder: string): this {
    this.folder = folder;
    return this;
  }

  setStaticPath(): this {
    return this;
  }

  setUIConfig(settings: Settings): this {
    this.#settings = settings;
    return this;
  }

  setEntryRoute(view: View): this {
    this.#view = view;
    return this;
  }

  /** Who serves the answers answers for failures too. */
  setErrorHandler(): this {
    return this;
  }

  setApiRoutes(routes: Routes): this {
    this.#routes = routes;
    return this;
  }

  /** Its template, filled; without the fonts of a foreign host and without styles that stand in the page. */
  page(base: string): string {
    const values = this.#view?.handler({ basePath: base, uiConfig: this.#settings }).params ?? {};
    return readFileSync(join(this.folder, 'index.ejs'), 'utf8')
      .replace(/<link href="https:[^>]*>/g, '')
      .replace(/<div id="root">[\s\S]*?<\/style>\s*<\/div>/, '<div id="root"></div>')
      .replace(/<%= (\w+) %>/g, (_tag, name: string) => escaped(values[name] ?? ''))
      .replace(/<%- (\w+) %>/g, (_tag, name: string) => values[name] ?? '')
      .replace(/(href|src)="static\//g, `$1="${base}/static/`);
  }

  questions(look: () => Promise<void>): BoardQuestion[] {
    return this.#routes
      .filter(({ method }) => method === 'get')
      .flatMap((question) =>
        [question.route].flat().map((path) => ({
          path,
          answer: async (params, query) => {
            await look();
            const given = { queues: this.#known, uiConfig: this.#settings, query, params, body: {}, headers: {} };
            const { status = 200, body } = await question.handler(given);
            return { status, body };
          },
        })),
      );
  }
}

function filesBelow(folder: string): Map<string, Buffer> {
  const found = readdirSync(join(folder, 'static'), { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [relative(folder, path), readFileSync(path)]));
}

function escaped(value: string): string {
  return value.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
