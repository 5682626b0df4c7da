// docker-compose.yml, as far as it can be checked without an engine: its words, its files, its settings, its rights.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SECRETS } from '../../src/config/secret-files.js';
import { shape } from '../../src/config/shape.js';
import { all, apps, compose, image, root, services } from './compose.js';

describe('docker-compose.yml', () => {
  it('names only services, networks, volumes, secrets and files that are there', () => {
    for (const [name, one] of all) {
      const of = (kind: string, what: readonly string[], there: object) =>
        expect([name, kind, what.filter((each) => !(each in there))]).toEqual([name, kind, []]);
      of('network', one.networks, compose.networks);
      of('secret', one.secrets ?? [], compose.secrets);
      of('service', Object.keys(one.depends_on ?? {}), services);
      const places = (one.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
      of(
        'volume',
        places.filter((place) => !place.startsWith('./')),
        compose.volumes,
      );
      for (const place of places.filter((each) => each.startsWith('./')))
        expect([place, existsSync(join(root, place))]).toEqual([place, true]);
    }
  });

  it('uses everything that it declares', () => {
    const used = all.flatMap(([, one]) => [...(one.secrets ?? []), ...one.networks, ...(one.volumes ?? [])]);
    const names = used.map((one) => one.split(':')[0]);
    const declared = [
      ...Object.keys(compose.secrets),
      ...Object.keys(compose.networks),
      ...Object.keys(compose.volumes),
    ];
    expect(declared.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('has at least two processes that take in and two that work, each with a folder of its own', () => {
    const roles = apps.map(([, one]) => one.environment?.['ROLE']);
    expect(roles.filter((role) => role === 'web').length).toBeGreaterThan(1);
    expect(roles.filter((role) => role === 'worker').length).toBeGreaterThan(1);
    const folders = apps.flatMap(([, one]) => one.volumes ?? []);
    expect(new Set(folders).size).toBe(apps.length);
    for (const folder of folders) expect(folder.split(':')[1]).toBe(image.environment['DATA_DIR']);
  });

  it('gives its processes no more rights than they need', () => {
    for (const [name, one] of apps) {
      expect([name, one.read_only, one.cap_drop, one.cap_add]).toEqual([name, true, ['ALL'], undefined]);
      expect(one.security_opt).toEqual(['no-new-privileges:true']);
      expect(one.tmpfs).toContain('/tmp');
    }
    for (const [name, one] of all)
      expect([name, one.ports ?? []]).toEqual([name, name === 'proxy' ? ['80:80', '443:443'] : []]);
    const databases = all.filter(([, one]) => /^(mongo|redis):/.test(one.image));
    for (const [name, one] of databases) expect([name, one.networks]).toEqual([name, ['inside']]);
    expect(compose.networks['inside']).toEqual({ internal: true });
  });

  it('has health checks and restarts for all that stays', () => {
    for (const [name, one] of all.filter(([key]) => key !== 'mongo-init')) {
      expect([name, one.restart]).toEqual([name, 'unless-stopped']);
      const checked = one.healthcheck !== undefined || (one.build === '.' && image.health.length > 0);
      expect([name, checked]).toEqual([name, name !== 'proxy']);
    }
    for (const [, one] of all)
      for (const [name, { condition }] of Object.entries(one.depends_on ?? {}))
        if (condition === 'service_healthy')
          expect(services[name]?.healthcheck !== undefined || services[name]?.build === '.').toBe(true);
  });

  it('keeps every write of the databases', () => {
    const redis = String(services['redis']?.command);
    expect(redis).toContain('--appendonly yes');
    expect(redis).toContain('--maxmemory-policy noeviction');
    const members = all.filter(([, one]) => String(one.command).includes('--replSet,rs0'));
    const script = readFileSync(join(root, 'deploy/replica-set.js'), 'utf8');
    expect(members.length).toBe(3);
    for (const [name] of members) expect(script).toContain(`'${name}'`);
  });

  it('sends people only to processes that take in, on their port', () => {
    const caddy = readFileSync(join(root, 'deploy/Caddyfile'), 'utf8');
    const targets = /reverse_proxy (.+) \{/.exec(caddy)?.[1]?.split(' ') ?? [];
    const web = apps
      .filter(([, one]) => one.environment?.['ROLE'] === 'web')
      .map(([name]) => `${name}:${image.ports[0]}`);
    expect(targets).toEqual(web);
    expect(caddy).toContain('health_uri /readyz');
  });

  it('sets only what the program reads, and a secret only by its file', () => {
    const known = new Set(Object.keys(shape.shape));
    for (const [, one] of apps) {
      for (const [name, value] of Object.entries(one.environment ?? {})) {
        const plain = name.replace(/_FILE$/, '');
        expect([name, known.has(plain)]).toEqual([name, true]);
        if (name === plain) expect((SECRETS as readonly string[]).includes(name)).toBe(false);
        else expect(one.secrets).toContain(/^\/run\/secrets\/(\w+)$/.exec(value)?.[1]);
      }
    }
  });
});
