// The token that our requests carry, asked of the login with the app's password and kept until shortly before it ends.
import { z } from 'zod';
import { call } from '../common/http-client.js';
import { parseJson } from '../common/json.js';
import { sendErrors } from '../common/send-errors.js';
import { failureOf, type Failure } from './errors.js';
import { caps } from './limits.js';

/** What a bot asks for (https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication). */
const SCOPE = 'https://api.botframework.com/.default';
/** Apps of no tenant of their own. */
const ANY_TENANT = 'botframework.com';

export interface App {
  /** Empty: nothing is proven either way, for the emulator on one's own machine. */
  id: string;
  password: string;
  tenant: string;
  /** Address of the login, without a path. */
  login: string;
}

export type TokenAnswer = { ok: true; token: string } | { ok: false; failure: Failure };

const granted = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export class AppToken {
  private held: { token: string; until: number } | null = null;
  private asking: Promise<TokenAnswer> | null = null;

  constructor(
    private readonly app: App,
    private readonly now: () => number,
  ) {}

  /** Asks once for all who wait. Never rejects. */
  get(): Promise<TokenAnswer> {
    if (this.held && this.held.until > this.now()) return Promise.resolve({ ok: true, token: this.held.token });
    return (this.asking ??= this.ask().finally(() => (this.asking = null)));
  }

  /** The service did not take it. */
  forget(token: string): void {
    if (this.held?.token === token) this.held = null;
  }

  private async ask(): Promise<TokenAnswer> {
    const { id, password, tenant, login } = this.app;
    const form = { grant_type: 'client_credentials', client_id: id, client_secret: password, scope: SCOPE };
    const result = await call(`${login}/${tenant === '' ? ANY_TENANT : tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      timeout: caps.sendTimeout,
      most: caps.answerBytes,
    });
    // Nothing went to the service: whatever was unclear about the login, the message itself is not.
    if (!result.ok) return refused({ result: 'error', error: sendErrors.network });
    if (result.status === 400 || result.status === 401) return refused({ result: 'error', error: sendErrors.auth });
    if (result.status !== 200) return refused(failureOf(result, this.now()));
    const parsed = parseJson(result.body);
    const read = granted.safeParse(parsed.ok ? parsed.value : null);
    if (!read.success) return refused({ result: 'error', error: sendErrors.provider_down });
    const { access_token: token, expires_in: seconds } = read.data;
    this.held = { token, until: this.now() + seconds * 1_000 - caps.tokenSlack };
    return { ok: true, token };
  }
}

function refused(failure: Failure): TokenAnswer {
  return { ok: false, failure };
}
