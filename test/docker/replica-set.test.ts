// deploy/replica-set.js, run with servers that only remember what they were asked: it can be run again at any time.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { compose, root, services } from './compose.js';

const script = readFileSync(join(root, 'deploy/replica-set.js'), 'utf8');
const SECRETS = ['mongo_root_password', 'mongo_password'];

/** Runs it; `initiated` and `user`: what stands there before, `away`: connections that are refused. Gives back what was asked of whom. */
function run(
  initiated: boolean,
  user: object | null,
  { fault, away = 0 }: { fault?: string; away?: number } = {},
): [string, string, unknown][] {
  const asked: [string, string, unknown][] = [];
  class Mongo {
    constructor(private readonly address: string) {
      if (away-- > 0) throw new Error('connection refused');
    }
    getDB = (database: string) => ({
      adminCommand: (command: Record<string, unknown>) => {
        asked.push([this.address, Object.keys(command)[0] ?? '', command]);
        if ('replSetGetStatus' in command && !initiated)
          throw Object.assign(new Error('no'), { codeName: fault ?? 'NotYetInitialized' });
      },
      getUser: () => user,
      createUser: (account: object) => asked.push([`${this.address} ${database}`, 'createUser', account]),
      updateUser: (name: string, account: object) =>
        asked.push([`${this.address} ${database}`, `updateUser ${name}`, account]),
    });
  }
  const read = (path: string): string => {
    const name = /^\/run\/secrets\/(\w+)$/.exec(path)?.[1] ?? '';
    expect(services['mongo-init']?.secrets).toContain(name);
    return `${name}-text\n`;
  };
  runInNewContext(script, {
    Mongo,
    require: () => ({ readFileSync: read }),
    print: () => undefined,
    sleep: () => undefined,
    encodeURIComponent,
  });
  return asked;
}

it('makes one set of the three servers, then the account that Sila uses', () => {
  const asked = run(false, null);
  expect(asked.map(([, what]) => what)).toEqual(['replSetGetStatus', 'replSetInitiate', 'createUser']);
  const [, initiate, create] = asked;
  expect(initiate?.[0]).toBe('mongodb://root:mongo_root_password-text@mongo1:27017/?directConnection=true');
  const { _id: name, members } = (initiate?.[2] as { replSetInitiate: { _id: string; members: { host: string }[] } })
    .replSetInitiate;
  expect([name, members.map(({ host }) => host)]).toEqual(['rs0', ['mongo1:27017', 'mongo2:27017', 'mongo3:27017']]);
  expect(create?.[0]).toContain('@mongo1,mongo2,mongo3/?replicaSet=rs0');
  expect(create?.[2]).toMatchObject({
    user: 'sila',
    pwd: 'mongo_password-text',
    roles: [{ role: 'readWrite', db: 'sila' }],
  });
});

it('changes nothing but the password when all stands', () => {
  expect(run(true, {}).map(([, what]) => what)).toEqual(['replSetGetStatus', 'updateUser sila']);
});

it('goes no further when the servers answer with anything else', () => {
  expect(() => run(false, null, { fault: 'Unauthorized' })).toThrow('no');
});

it('waits for servers that are not there yet, and not for ever', () => {
  expect(run(false, null, { away: 59 }).length).toBe(3);
  expect(() => run(false, null, { away: 60 })).toThrow('connection refused');
});

it('reads only secrets that compose mounts', () => {
  for (const name of SECRETS) expect(compose.secrets[name]).toBeDefined();
});
