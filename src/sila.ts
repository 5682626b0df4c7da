// Puts the parts together, without a server or a process around them: main, the terminal client and the tests share it.
import type { Channel, ChannelHost, ChannelModule } from '../channels/channel.js';
import { Contacts } from './contacts/contacts.js';
import { Reserved } from './contacts/reserved.js';
import { Articles } from './conversation/articles.js';
import { tellOfOver } from './conversation/articles-over.js';
import { tellOfTries } from './conversation/case-by-number.js';
import { doorOf, type Door } from './conversation/door.js';
import { DESK, deskChannel } from './conversation/desk-channel.js';
import { Desk } from './conversation/desk.js';
import { FlowSets, type Publication } from './conversation/flow-sets.js';
import { HintLine } from './conversation/hint-line.js';
import { Hints } from './conversation/hints.js';
import { createHost } from './conversation/host.js';
import type { House } from './conversation/house.js';
import { Knowledge, type Training } from './conversation/knowledge.js';
import { Learning } from './conversation/learning.js';
import { codeOf } from './conversation/log.js';
import { publishSet } from './conversation/publish.js';
import { lookForSet } from './conversation/publish-inbox.js';
import { beatOf } from './conversation/outlets.js';
import { Records } from './conversation/records.js';
import { Sender } from './conversation/sender.js';
import { openCase } from './conversation/submissions.js';
import { Statuses } from './conversation/statuses.js';
import { SpooledDoor } from './conversation/spooled-door.js';
import { Sweeper, type Rounds } from './conversation/sweeper.js';
import { Texts } from './conversation/texts.js';
import { moveDraft } from './conversation/transfers.js';
import { Worker } from './conversation/worker.js';
import type { FlowSet, Text } from './engine/types.js';
import { FileRoom } from './files/room.js';
import type { Ids } from './ids.js';
import { parseRules, tonguesOf, words, type Article, type Lessons } from './inquiries/index.js';
import { measuredBlobs, measuredQueue, measuredStore } from './observe/measured.js';
import { readNumbers } from './observe/numbers.js';
import type { Observer } from './observe/observer.js';
import { createReadiness, type ChannelStanding, type Readiness } from './observe/readiness.js';
import { Vault } from './privacy/vault.js';
import type { Lane, Queue } from './queue/contract.js';
import type { SpoolFolder } from './spool/spool-folder.js';
import type { Blobs, Store } from './store/contract.js';

/** What `npm run flows` compiles for a charity: dist/flows/<charity>.json. */
export interface Bundle {
  set: FlowSet;
  articles: readonly Article[];
  texts: Readonly<Record<string, Text>>;
  /** What the classifier of questions learns from; without it they are searched for. */
  lessons?: Lessons;
  /** flows/rules.yaml as it is written; without it articles alone answer. */
  rules?: string;
}

export interface SilaOptions {
  /** Opened by the caller; `stop` closes both. */
  store: Store;
  queue: Queue;
  /** Where the sealed files lie. */
  blobs: Blobs;
  bundle: Bundle;
  /** Where people reach this installation; links to them begin with it. */
  publicUrl?: string;
  /** Where `npm run publish` puts a set for this process; looked into with every sweep. */
  publishDir?: string;
  /** How the classifier of questions is trained; absent: questions are searched for. */
  training?: Training;
  /** The keys that wrap data keys, the current one first. `unused`: nothing was sealed yet, a new key may be made. */
  encryptionKeys: (unused: boolean) => readonly Buffer[];
  channels: readonly { module: ChannelModule; settings: Readonly<Record<string, string>> }[];
  now: () => number;
  ids: Ids;
  /** 0 to 1. */
  random: () => number;
  observer: Observer;
  /** Bytes that are free where this process keeps data; absent: it keeps none on a disk of its own. */
  room?: () => Promise<number>;
  /** How the work is shared with other processes over the same store; absent: there are none. */
  shared?: Shared;
  /** How often lost bells and due timers are looked for, in milliseconds; null: only when `sweepOnce` is called. */
  sweepEvery: number | null;
}

export interface Shared {
  /** `web` takes in, serves pages and streams; `worker` plays turns, sends, sweeps, and asks providers that are asked. */
  role: 'web' | 'worker' | 'both';
  /** Where messages go while the store is away. */
  spool: SpoolFolder;
}

export interface Sila {
  house: House;
  desk: Desk;
  /** What questions are answered from, and what staff write of it. */
  articles: Articles;
  /** What staff teach about questions; null where questions are searched for. */
  learning: Learning | null;
  /** What became of the bundle's flow set. Refused: the one before runs on, staff and log say why. */
  publication: Publication;
  channels: readonly Channel[];
  /** What a channel of that name is given. */
  host: (channel: string) => ChannelHost;
  sweepOnce: () => Promise<void>;
  /** What this process leans on, and whether it should be given traffic. */
  readiness: () => Promise<Readiness>;
  /** Brings what the meter shows of the store and the queue up to date. */
  readNumbers: () => Promise<void>;
  /** Ends what is under way, begins nothing more, closes the store. */
  stop: () => Promise<void>;
}

/** How many conversations, sends of each channel, submissions and words about tried numbers are worked on at once. */
const AT_ONCE = { conversation: 16, delivery: 64, submission: 4, notice: 1, transfer: 4 } as const;

/** Puts everything together and starts to work. Rejects with a VaultError (`wrong_key`) or a StoreError; the store is then still open. */
export async function createSila(options: SilaOptions): Promise<Sila> {
  const knowledge = new Knowledge(options.bundle.articles, options.now);
  const house = await buildHouse(options, knowledge);
  const { training, bundle } = options;
  const pack = bundle.lessons ?? null;
  const articles = new Articles({ house, knowledge, shipped: bundle.articles, pack });
  await articles.load();
  const learning =
    training && pack ? new Learning({ house, knowledge, articles, pack: () => articles.over(pack), training }) : null;
  // Until the model is there, search answers.
  void learning?.begin().catch((error: unknown) => house.log('questions.untrained', { reason: codeOf(error) }));
  const publication = await publishSet(house, options.bundle.set, true);
  return { ...(await start(house, learning, options)), articles, learning, publication };
}

async function buildHouse(options: SilaOptions, finder: Knowledge): Promise<House> {
  const { bundle, now, ids, random } = options;
  const { meter, traces, log } = options.observer;
  const store = measuredStore(options.store, meter);
  const blobs = measuredBlobs(options.blobs, meter);
  const queue = measuredQueue(options.queue, meter, traces);
  const keys = store.keys;
  const vault = await Vault.open({ keys, encryptionKeys: options.encryptionKeys(await Vault.isUnused(keys)) });
  const hints = new Hints();
  const records = new Records(vault, () => traces.traceparent);
  return {
    store,
    vault,
    flows: new FlowSets(store),
    records,
    queue,
    files: new FileRoom({ blobs, files: store.files, vault, newId: () => ids.next(), now }),
    texts: new Texts(bundle.texts, bundle.set.languages),
    charity: bundle.set.charity,
    approved: bundle.set.approved ?? {},
    finder,
    ...(bundle.lessons && { isWord: wordsOf(bundle.lessons), tongue: tonguesOf(bundle.lessons) }),
    ...(bundle.rules !== undefined && { rules: parseRules('flows/rules.yaml', bundle.rules) }),
    channels: new Map(),
    hints,
    statuses: new Statuses({ store, vault, records, ids, hints, queue, log, meter, now }),
    reserved: new Reserved({ leases: store.leases, newId: () => ids.next(), now }),
    contacts: new Contacts({ store, vault, ids, now }),
    publicUrl: (options.publicUrl ?? '').replace(/\/+$/, ''),
    ids,
    now,
    random,
    log,
    meter,
    traces,
    owner: ids.next(),
    startedAt: now(),
  };
}

async function start(
  house: House,
  learning: Learning | null,
  options: SilaOptions,
): Promise<Omit<Sila, 'articles' | 'learning' | 'publication'>> {
  const { store, queue } = house;
  const { shared } = options;
  const works = shared?.role !== 'web';
  const line = shared ? joinLine(house, learning) : null;
  const spooled = shared ? await SpooledDoor.open(house, shared.spool) : null;
  const door = spooled ?? doorOf(house);
  const channels = openChannels(house, door, options.channels);
  const worker = new Worker(house);
  const sender = new Sender(house);
  const sweeper = new Sweeper(house, roundsOf(house, learning, options));
  if (works) hearBells(house, worker, sender);
  const listening = await Promise.all(channels.flatMap((channel) => (works && channel.start ? [channel.start()] : [])));
  await sweeper.sweepOnce();
  if (options.sweepEvery !== null) sweeper.start(options.sweepEvery);
  return {
    house,
    channels,
    desk: new Desk(house),
    host: (channel) => createHost(house, door, channel),
    sweepOnce: () => sweeper.sweepOnce(),
    readiness: createReadiness(
      {
        store: () => store.healthy(),
        queue: () => queue.pending(),
        room: async () => (await options.room?.()) ?? null,
        keys: () => house.vault.stillOpens(),
        spool: spooled,
        channels: () => Object.fromEntries(channels.map((channel) => [channel.name, standingOf(channel, sender)])),
      },
      () => performance.now(),
    ),
    readNumbers: () => readNumbers({ ...house, spool: spooled, room: options.room }),
    stop: async () => {
      worker.stop();
      sender.stop();
      await Promise.all(listening.map((end) => end()));
      await sweeper.stop();
      await spooled?.stop();
      await queue.close();
      line?.stop();
      await store.close();
    },
  };
}

function standingOf(channel: Channel, sender: Sender): ChannelStanding {
  if (channel.hears?.() === false) return 'deaf';
  return sender.rests(channel.name) ? 'resting' : 'on';
}

function openChannels(house: House, door: Door, wanted: SilaOptions['channels']): Channel[] {
  for (const { module, settings } of wanted) {
    const channel = module.create(createHost(house, door, module.limits.channel), settings);
    house.channels.set(channel.name, channel);
  }
  const channels = [...house.channels.values()];
  house.channels.set(DESK, deskChannel);
  return channels;
}

function hearBells(house: House, worker: Worker, sender: Sender): void {
  const { queue } = house;
  queue.work('conversation', AT_ONCE.conversation, (id) => worker.handle(id));
  for (const channel of house.channels.values()) hearDeliveries(queue, sender, channel);
  queue.work('submission', AT_ONCE.submission, (number) => openCase(house, number));
  queue.work('transfer', AT_ONCE.transfer, (id) => moveDraft(house, id));
  queue.work('notice', AT_ONCE.notice, (number) => tellOfTries(house, number));
}

/** Where sends are bound to a session, a process hears of them from the moment it holds that. */
function hearDeliveries(queue: Queue, sender: Sender, channel: Channel): void {
  let hears = false;
  const hear = () => {
    if (!hears) queue.work('delivery', AT_ONCE.delivery, (id) => sender.handle(id), laneOf(channel));
    hears = true;
  };
  if (channel.session) channel.session.onHeld(hear);
  else hear();
}

/** The way out of a channel. Over several processes it keeps the rate that each process keeps for itself. */
function laneOf({ name, limits: { rate } }: Channel): Lane {
  if (!rate) return { name };
  const { burst, every } = beatOf(rate);
  return { name, rate: { most: burst, per: burst * every } };
}

/** What other processes tell changes what this one remembers. */
function joinLine(house: House, learning: Learning | null): HintLine {
  const line = new HintLine(house);
  house.hints.watch(({ kind, id }) => {
    if (kind === 'erased') house.vault.forget(id);
    // Which keys were destroyed in between nobody knows.
    if (kind === 'again') house.vault.forget(null);
    if (kind === 'questions' || kind === 'again') void learning?.follow();
  });
  line.start();
  return line;
}

function roundsOf(house: House, learning: Learning | null, { shared, publishDir }: SilaOptions): Rounds {
  const looks = publishDir === undefined ? {} : { publish: () => lookForSet(house, publishDir) };
  const more = { articles: () => tellOfOver(house) };
  if (!shared) return { shared: true, own: looks, more };
  // Every one of them answers questions, whether or not it heard what was put to work.
  const own = { ...looks, questions: seldom(house.now, async () => learning?.follow()) };
  return { shared: shared.role !== 'web', own, more };
}

/** At most once in half a minute: hints tell sooner. */
function seldom(now: () => number, work: () => Promise<void>): () => Promise<void> {
  let last = -Infinity;
  return async () => {
    if (now() - last < 30_000) return;
    last = now();
    await work();
  };
}

/** The words that the pack's own examples are made of, with or without an "and" in front. */
function wordsOf({ examples }: Lessons): (word: string) => boolean {
  const known = new Set(examples.flatMap(({ text }) => words(text)));
  return (word) => known.has(word) || (word.startsWith('و') && known.has(word.slice(1)));
}
