// Stands between the archived SDK and the rest of this folder: loads it at the first need, lets it check tokens and build requests.
import type {
  Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
} from 'botbuilder';
import { z } from 'zod';
import { call } from '../common/http-client.js';
import { parseJson } from '../common/json.js';
import type { App, AppToken } from './app-token.js';
import { failureOf, NotSent } from './errors.js';
import { caps } from './limits.js';
import { referenceOf, type Reply } from './reference.js';

export const ISSUER = 'https://api.botframework.com';

/** What of an activity its token is bound to. */
export interface Bound {
  channelId: string;
  serviceUrl: string;
}

export interface SdkOptions {
  app: App;
  token: AppToken;
  /** Where the keys that channels sign with are told. */
  openId: string;
  sendTimeout: number;
  now: () => number;
}

interface Loaded {
  authentication: ConfigurationBotFrameworkAuthentication;
  adapter: CloudAdapter;
}

type ConnectorOptions = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type Credentials = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[1];
type HttpClient = NonNullable<ConnectorOptions['httpClient']>;

export class Sdk {
  private loaded: Promise<Loaded> | undefined;

  constructor(private readonly options: SdkOptions) {}

  /** Rejects, with whatever the SDK throws, when the header does not prove that the service sent this to us. */
  async prove({ channelId, serviceUrl }: Bound, header: string): Promise<void> {
    const { authentication } = await this.load();
    await authentication.authenticateRequest({ channelId, serviceUrl } as Activity, header);
  }

  /** Sends one activity; the service's id of it, if it gives one. Rejects with {@link NotSent}. */
  async post(reply: Reply, activity: Partial<Activity>): Promise<string | undefined> {
    const { adapter } = await this.load();
    let id: string | undefined;
    await adapter.continueConversationAsync(this.options.app.id, referenceOf(reply), async (context) => {
      // The SDK would send it as the answer to an event of its own making, which no channel knows.
      delete context.activity.id;
      id = (await context.sendActivity(activity))?.id;
    });
    return id === '' ? undefined : id;
  }

  private load(): Promise<Loaded> {
    return (this.loaded ??= this.build());
  }

  private async build(): Promise<Loaded> {
    const sdk = await import('botbuilder');
    const { login, tenant } = this.options.app;
    const places = {
      ToBotFromChannelTokenIssuer: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: this.options.openId,
      // Tokens of the emulator and of other bots are refused before the SDK sees them (gate.ts).
      ToBotFromEmulatorOpenIdMetadataUrl: this.options.openId,
      ToChannelFromBotOAuthScope: ISSUER,
      ToChannelFromBotLoginUrl: `${login}/${tenant}`,
      OAuthUrl: ISSUER,
      CallerId: '',
    };
    const authentication = new sdk.ConfigurationBotFrameworkAuthentication(
      places,
      this.credentials(sdk.ConfigurationServiceClientCredentialFactory),
      undefined,
      undefined,
      { httpClient: this.httpClient() },
    );
    return { authentication, adapter: new sdk.CloudAdapter(authentication) };
  }

  /** Who we are as the SDK knows it, with tokens of our own asking: its own are asked for without a time, and what failed is not told apart. */
  private credentials(Factory: typeof ConfigurationServiceClientCredentialFactory): Credentials {
    const { app, token } = this.options;
    class Own extends Factory {
      override createCredentials(): ReturnType<ConfigurationServiceClientCredentialFactory['createCredentials']> {
        return Promise.resolve({
          signRequest: async (request) => {
            if (app.id === '') return request;
            const answer = await token.get();
            if (!answer.ok) throw new NotSent(answer.failure);
            request.headers.set('authorization', `Bearer ${answer.token}`);
            return request;
          },
        });
      }
    }
    const credentials: object = new Own({ MicrosoftAppId: app.id, MicrosoftAppPassword: app.password });
    // The SDK asks for a class that its own factories only look like.
    return credentials as Credentials;
  }

  /** Every failure leaves as an error of our own, for the SDK tries some again by itself, and forgets whether a request went out. */
  private httpClient(): HttpClient {
    const { sendTimeout, now, token } = this.options;
    return {
      sendRequest: async (request) => {
        const authorization = request.headers.get('authorization') ?? '';
        const result = await call(request.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            ...(authorization !== '' && { authorization }),
          },
          body: typeof request.body === 'string' ? request.body : '',
          timeout: sendTimeout,
          most: caps.answerBytes,
        });
        if (!result.ok) throw new NotSent(failureOf(result, now()));
        if (result.status === 401) token.forget(authorization.replace(/^Bearer /, ''));
        if (result.status < 200 || result.status > 299) throw new NotSent(failureOf(result, now()));
        return {
          status: result.status,
          headers: request.headers.clone(),
          request,
          bodyAsText: JSON.stringify(idIn(result.body)),
        };
      },
    };
  }
}

const created = z.object({ id: z.string().min(1) });

/** Some channels name no id, and some answer without words. */
function idIn(body: Buffer): { id?: string } {
  const parsed = parseJson(body);
  const read = created.safeParse(parsed.ok ? parsed.value : null);
  return read.success ? { id: read.data.id } : {};
}
