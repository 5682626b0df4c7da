// Lets in only what a channel of Azure Bot Service sent to us: shape of the token first, then the SDK's own check of signature and claims.
import { z } from 'zod';
import type { Json } from '../../src/engine/types.js';
import { parseUrl } from '../../src/url.js';
import type { ChannelRequest } from '../channel.js';
import { parseJson } from '../common/json.js';
import { caps } from './limits.js';
import { ISSUER, type Bound, type Sdk } from './sdk.js';

/** `away`: the keys could not be had, it may be told again. */
export type Proof = { ok: true } | { ok: false; why: 'refused' | 'away'; code: string };

const ALGORITHMS = ['RS256', 'RS384', 'RS512'];
/** Azure Stack's own channel is checked by other code of the SDK, which reads the environment. */
const FOREIGN = /^asechannel$/i;
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

const header = z.object({ alg: z.string(), kid: z.string().min(1) });
const claims = z.object({ iss: z.string(), tid: z.json().optional() });

export class Gate {
  /** `tenant`: of our app, or empty. */
  constructor(
    private readonly sdk: Pick<Sdk, 'prove'>,
    private readonly app: { id: string; tenant: string },
  ) {}

  /** `bound`: null for what is no activity; then the sender alone is proven. */
  async check({ headers, ip }: Pick<ChannelRequest, 'headers' | 'ip'>, bound: Bound | null): Promise<Proof> {
    if (bound && !isService(bound)) return refused('service');
    if (this.app.id === '') return isLocal(headers, ip, bound) ? { ok: true } : refused('not_local');
    const given = headers['authorization'] ?? '';
    const fault = this.faultOf(given);
    if (fault !== null) return refused(fault);
    return this.prove(bound ?? { channelId: '', serviceUrl: '' }, given);
  }

  /** Has the keys fetched, so that the first person does not wait for them. Whether they are there. */
  async warm(): Promise<boolean> {
    const proof = await this.prove({ channelId: '', serviceUrl: '' }, nobody());
    return proof.ok || proof.why === 'refused';
  }

  private async prove(bound: Bound, given: string): Promise<Proof> {
    const late = Symbol('late');
    let timer: NodeJS.Timeout | undefined;
    const bell = new Promise<typeof late>((resolve) => {
      timer = setTimeout(() => resolve(late), caps.proofTimeout);
    });
    try {
      const first = await Promise.race([this.sdk.prove(bound, given), bell]);
      return first === late ? away('late') : { ok: true };
    } catch (error) {
      return isAnswer(error) ? refused('proof') : away('keys');
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * What the SDK takes too lightly: tokens of the emulator and of other bots, whose service address nobody signed; a `tid`, which it
   * notes down for good before anything is proven; signatures with bits that do not count; `Bearer` of endless length.
   */
  private faultOf(given: string): string | null {
    if (given.length > caps.headerLetters) return 'length';
    const [, head = '', body = '', signature = ''] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(given) ?? [];
    if (signature === '' || Buffer.from(signature, 'base64url').toString('base64url') !== signature) return 'shape';
    const named = header.safeParse(decode(head));
    if (!named.success || !ALGORITHMS.includes(named.data.alg)) return 'algorithm';
    const claimed = claims.safeParse(decode(body));
    if (!claimed.success || claimed.data.iss !== ISSUER) return 'issuer';
    const { tid } = claimed.data;
    return tid === undefined || (tid !== '' && tid === this.app.tenant) ? null : 'tenant';
  }
}

/** The token goes there later: over TLS, or within this machine. */
function isService({ channelId, serviceUrl }: Bound): boolean {
  const url = parseUrl(serviceUrl);
  if (FOREIGN.test(channelId) || url === null) return false;
  const { protocol, hostname, username, password } = url;
  if (username + password !== '') return false;
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK_HOST.test(hostname));
}

/** Without an app id nothing is proven: then only this machine talks to us, and only this machine is talked to. */
function isLocal(headers: ChannelRequest['headers'], ip: string, bound: Bound | null): boolean {
  // A proxy on this machine brings the world along.
  if (headers['x-forwarded-for'] !== undefined || headers['forwarded'] !== undefined) return false;
  return LOOPBACK.test(ip) && (bound === null || LOOPBACK_HOST.test(new URL(bound.serviceUrl).hostname));
}

/** Refusals of the SDK, by their status, and of its token library, by their name; everything else is a line that broke. */
function isAnswer(error: unknown): boolean {
  const { name = '', statusCode } = fault.parse(error);
  return statusCode === 401 || NAMES.includes(name);
}

const NAMES = ['JsonWebTokenError', 'TokenExpiredError', 'NotBeforeError', 'TypeError', 'SyntaxError'];
const fault = z.object({ name: z.string().optional(), statusCode: z.number().optional() }).catch({});

function decode(part: string): Json {
  const parsed = parseJson(Buffer.from(part, 'base64url'));
  return parsed.ok ? parsed.value : null;
}

/** A token that names a key nobody has. */
function nobody(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `Bearer ${part({ alg: 'RS256', kid: 'nobody' })}.${part({ iss: ISSUER })}.AAAA`;
}

function refused(code: string): Proof {
  return { ok: false, why: 'refused', code };
}

function away(code: string): Proof {
  return { ok: false, why: 'away', code };
}
