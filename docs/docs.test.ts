import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { git } from '../packages/connectors/src/git/index.ts';
import { github } from '../packages/connectors/src/github/index.ts';
import { events } from '../packages/connectors/src/events/index.ts';
import { jira } from '../packages/connectors/src/jira/index.ts';
import { pagerduty } from '../packages/connectors/src/pagerduty/index.ts';
import { slack } from '../packages/connectors/src/slack/index.ts';
import { keysAt } from '../packages/cli/src/config/schema-node.ts';
import { loadIn } from '../packages/cli/src/testing/load-in.ts';
import { type Invocation, invocations } from './testing/commands.ts';
import {
  anchors,
  codeSpans,
  fences,
  filesBelow,
  linkTargets,
  read,
  root,
} from './testing/markdown.ts';

const pages = filesBelow('.', '.md').filter((path) => !path.endsWith('CHANGELOG.md'));
const calls = pages.flatMap((page) => invocations(read(page)).map((call) => ({ page, ...call })));
const commandFolder = 'packages/cli/src/commands';
const commandFiles = filesIn(commandFolder)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'index.ts')
  .map((name) => name.slice(0, -'.ts'.length));

function filesIn(folder: string): string[] {
  return existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
}

function isCommand(name: string): boolean {
  return commandFiles.some((file) => file === name || file.startsWith(`${name}-`));
}

function scripts(): Set<string> {
  const manifest: unknown = JSON.parse(read('package.json'));
  const found = manifest !== null && typeof manifest === 'object' && 'scripts' in manifest;
  return new Set(found ? Object.keys(manifest.scripts ?? {}) : []);
}

function sources(folder: string): string {
  return filesBelow(folder, '.ts')
    .filter((path) => !path.endsWith('.test.ts'))
    .map(read)
    .join('\n');
}

/** Pages and lines that a predicate rejects, so that a failure names what to repair. */
function wrong(program: Invocation['program'], rejects: (call: Invocation) => boolean): string[] {
  return calls
    .filter((call) => call.program === program && rejects(call))
    .map(({ page, line }) => `${page}: ${line}`);
}

describe('links', () => {
  it('finds the pages it is to check', () => {
    expect(pages).toContain('README.md');
    expect(pages).toContain('docs/concepts/gaps.md');
  });

  it.each(pages)('%s links only to files and headings that exist', (page) => {
    const broken = linkTargets(read(page)).filter((target) => {
      if (/^[a-z]+:/i.test(target)) return false;
      const [path = '', anchor] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path));
      if (!existsSync(join(root, file))) return true;
      if (anchor === undefined || !file.endsWith('.md')) return false;
      return !anchors(read(file)).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

describe('commands', () => {
  it('names only commands of the cli', () => {
    expect(calls.some(({ program }) => program === 'adjutant')).toBe(true);
    expect(
      wrong('adjutant', ({ words }) => words[0] !== undefined && !isCommand(words[0])),
    ).toEqual([]);
  });

  it('names only subcommands that the command has', () => {
    const grouped = new Set(['people', 'mcp', 'keys', 'policy', 'audit', 'privacy']);
    const rejects = ({ words: [command, subcommand] }: Invocation): boolean => {
      if (command === undefined || subcommand === undefined || !grouped.has(command)) return false;
      const text = commandFiles
        .filter((file) => file === command || file.startsWith(`${command}-`))
        .map((file) => `${file}\n${read(`${commandFolder}/${file}.ts`)}`)
        .join('\n');
      return !new RegExp(`['"\`-]${subcommand}\\b`).test(text);
    };
    expect(wrong('adjutant', rejects)).toEqual([]);
  });

  it('names only flags that the cli has', () => {
    const text = sources('packages/cli/src');
    const rejects = ({ flags }: Invocation): boolean =>
      flags.some((flag) => !text.includes(flag) && !text.includes(flag.replace('--no-', '--')));
    expect(wrong('adjutant', rejects)).toEqual([]);
  });

  it('names only metrics that exist', () => {
    const text = sources('packages/metrics/src') + sources('examples/own-metric/src');
    const rejects = ({ words }: Invocation): boolean =>
      words[0] === 'metrics' && words[1] !== undefined && !text.includes(`'${words[1]}'`);
    expect(wrong('adjutant', rejects)).toEqual([]);
  });

  it('lists every command in the page of the cli', () => {
    const listed = invocations(read('packages/cli/README.md')).map(({ words }) => words);
    const missing = commandFiles.filter(
      (file) =>
        !listed.some(
          // A subcommand may have a hyphen of its own.
          (words) => words[0] === file || `${words.join('-')}-`.startsWith(`${file}-`),
        ),
    );
    expect(missing).toEqual([]);
  });

  it('names only scripts that package.json has', () => {
    const known = scripts();
    for (const builtIn of ['install', 'exec', 'changeset']) known.add(builtIn);
    expect(known.has('demo') && known.has('test')).toBe(true);
    expect(wrong('pnpm', ({ words }) => words[0] !== undefined && !known.has(words[0]))).toEqual(
      [],
    );
  });
});

describe('package.json', () => {
  it('has scripts that exist as files', () => {
    const files = read('package.json').match(/\b(?:scripts|bench|chaos)\/[\w/-]+\.[cm]?[jt]s\b/g);
    expect(files).not.toBeNull();
    expect((files ?? []).filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });
});

describe('AGENTS.md', () => {
  it('has fewer than 600 words', () => {
    expect(read('AGENTS.md').split(/\s+/).filter(Boolean).length).toBeLessThan(600);
  });

  it('gives five steps for each thing that can be added', () => {
    const sections = read('AGENTS.md').split(/^## /m);
    const adding = sections.filter((section) => section.startsWith('Adding a'));
    expect(adding.length).toBeGreaterThan(0);
    for (const section of adding) expect(section.match(/^\d\. /gm)).toHaveLength(5);
  });
});

describe('paths', () => {
  it.each(pages)('%s names only paths that exist', (page) => {
    const missing = codeSpans(read(page))
      .filter((span) => /^(packages|docs|examples|scripts)(\/[\w.@-]+)*\/?$/.test(span))
      .filter((span) => span !== 'packages/gateway' && !existsSync(join(root, span)));
    expect(missing).toEqual([]);
  });
});

describe('decisions', () => {
  it('are all listed in their index', () => {
    const listed = new Set(linkTargets(read('docs/decisions/README.md')));
    const files = readdirSync(join(root, 'docs/decisions')).filter((name) => /^\d{4}-/.test(name));
    expect(files.filter((name) => !listed.has(name))).toEqual([]);
  });
});

describe('what is stored', () => {
  it('has one row for each table of the store, and no other', () => {
    const created = filesBelow('packages/core/src/store/migrations', '.sql')
      .flatMap((path) => [...read(path).matchAll(/CREATE TABLE (?:IF NOT EXISTS )?[`"]?(\w+)/gi)])
      .map(([, table = '']) => table);
    const section = read('docs/security/what-is-stored.md').split(/^## /m);
    const tables = section.find((part) => part.startsWith('Tables')) ?? '';
    const described = [...tables.matchAll(/^\| `(\w+)` +\|/gm)].map(([, table = '']) => table);
    expect(created.length).toBeGreaterThan(0);
    expect(described.toSorted()).toEqual([...new Set(created)].toSorted());
  });
});

describe('hosts contacted', () => {
  // A new connector belongs in this list and on the page.
  const connectors = [
    events({ webhookSecret: () => '' }),
    git({ repositories: ['.'] }),
    github({ repositories: ['acme/api'] }),
    jira({ site: 'https://acme.atlassian.net', projects: ['PAY'] }),
    pagerduty({}),
    slack({ channels: ['widgets'] }),
  ];

  it('has a row for each connector, with the hosts that it names itself', () => {
    const folders = readdirSync(join(root, 'packages/connectors/src'), { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() && existsSync(join(entry.parentPath, entry.name, 'index.ts')),
      )
      .map(({ name }) => name);
    expect(connectors.map(({ definition }) => definition.id).toSorted()).toEqual(
      folders.toSorted(),
    );
    for (const { definition, config } of connectors) {
      const row = new RegExp(`^\\| connector \`${definition.id}\` +\\| (.*)\\|$`, 'm');
      const shown = row.exec(read('docs/security/hosts-contacted.md'))?.[1] ?? '';
      const hosts = definition.hosts(config);
      const expected = hosts.length === 0 ? ['none'] : [...hosts];
      expect(expected.filter((word) => !shown.includes(word))).toEqual([]);
      expect(hosts.length === 0).toBe(shown.startsWith('none'));
    }
  });
});

describe('configuration', () => {
  const page = read('docs/guide/configuration.md');

  it('shows an example that is accepted as it stands', () => {
    const example = fences(page).find(({ language }) => language === 'yaml');
    const folder = mkdtempSync(join(tmpdir(), 'adjutant-docs-'));
    try {
      writeFileSync(join(folder, 'adjutant.config.yaml'), example?.text ?? '');
      const { config } = loadIn(folder).loaded;
      expect(config.connectors.git?.repositories).toEqual(['.']);
      expect(config.people).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('describes every key', () => {
    const spans = new Set(codeSpans(page));
    const gitKeys = keysAt(['connectors', 'git']).map((key) => `connectors.git.${key}`);
    // Those of the others stand on the pages of their connectors, which this one links.
    for (const name of keysAt(['connectors']).filter((connector) => connector !== 'git')) {
      expect(spans.has(`connectors.${name}`)).toBe(true);
      const described = new Set(codeSpans(read(`docs/connectors/${name}.md`)));
      const keysThere = keysAt(['connectors', name]);
      expect(keysThere).not.toEqual([]);
      expect(keysThere.filter((key) => !described.has(key))).toEqual([]);
    }
    const keys = [...keysAt([]).filter((key) => key !== 'connectors'), ...gitKeys];
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => !spans.has(key))).toEqual([]);
  });
});

describe('README', () => {
  it('shows the embedding example as it is run', () => {
    const [, shown] =
      /<!-- embed -->\s*```ts\n([\s\S]*?)```\s*<!-- \/embed -->/.exec(read('README.md')) ?? [];
    expect(statSync(join(root, 'examples/embed/src/main.ts')).isFile()).toBe(true);
    expect(shown).toBe(read('examples/embed/src/main.ts'));
  });
});
