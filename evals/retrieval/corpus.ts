import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DomainRows } from '@adjutant/core';
import type { DocumentText } from '@adjutant/core/domain';

const installed = join(import.meta.dirname, '../../node_modules/.pnpm');

/**
 * Packages whose documents are asked about, and others beside them in which the same words stand. They
 * are read where the lockfile put them and never copied.
 */
const packages: readonly string[] = [
  '@clack/prompts',
  '@hono/node-server',
  '@inquirer/core',
  '@libsql/client',
  '@marcbachmann/cel-js',
  '@modelcontextprotocol/sdk',
  '@mswjs/interceptors',
  '@octokit/app',
  '@octokit/auth-app',
  '@octokit/core',
  '@octokit/graphql',
  '@octokit/oauth-app',
  '@octokit/plugin-paginate-rest',
  '@octokit/plugin-throttling',
  '@octokit/request',
  '@octokit/webhooks',
  '@simplewebauthn/server',
  '@slack/web-api',
  'acorn',
  'ajv',
  'body-parser',
  'bottleneck',
  'cac',
  'chai',
  'chalk',
  'chokidar',
  'cli-table3',
  'commander',
  'consola',
  'cookie',
  'cors',
  'croner',
  'debug',
  'depd',
  'dependency-cruiser',
  'drizzle-orm',
  'enhanced-resolve',
  'esbuild',
  'eventsource-parser',
  'expect-type',
  'express',
  'express-rate-limit',
  'fast-check',
  'fflate',
  'formatly',
  'get-tsconfig',
  'gpt-tokenizer',
  'graphql',
  'highlight.js',
  'hono',
  'iconv-lite',
  'ignore',
  'jira.js',
  'jiti',
  'jose',
  'json5',
  'jsonc-parser',
  'knip',
  'libsql',
  'lru-cache',
  'magic-string',
  'minimist',
  'msw',
  'obug',
  'octokit',
  'p-queue',
  'path-to-regexp',
  'picocolors',
  'picomatch',
  'prompts',
  'publint',
  'pure-rand',
  'qs',
  'retry',
  'rollup',
  'router',
  'sade',
  'semver',
  'send',
  'serve-static',
  'shell-quote',
  'smol-toml',
  'source-map',
  'source-map-support',
  'sucrase',
  'tapable',
  'tinybench',
  'tinyexec',
  'tldts',
  'tsup',
  'typescript',
  'uuid',
  'vite',
  'vitest',
  'yaml',
  'zod',
];

export interface CorpusDocument {
  /** The package and the file in it. */
  path: string;
  text: string;
}

/** Returns the Markdown documents of the packages, the newest installed version of each. */
export function readCorpus(): CorpusDocument[] {
  const folders = readdirSync(installed);
  return packages.flatMap((name) => {
    const prefix = `${name.replace('/', '+')}@`;
    const versions = folders
      .filter((folder) => folder.startsWith(prefix))
      .toSorted((left, right) => left.localeCompare(right, 'en', { numeric: true }));
    const folder = versions.at(-1);
    if (folder === undefined) return [];
    return documentsIn(join(installed, folder, 'node_modules', name), name);
  });
}

function documentsIn(folder: string, name: string): CorpusDocument[] {
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return [entry.name];
    if (!entry.isDirectory() || entry.name !== 'docs') return [];
    return readdirSync(join(folder, 'docs'), { recursive: true, encoding: 'utf8' }).map((file) =>
      join('docs', file),
    );
  });
  return files
    .filter((file) => /\.(md|markdown)$/i.test(file) && !/licen[cs]e/i.test(file))
    .toSorted()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return { path: `${name}/${file}`, text };
    });
}

/** Returns the corpus as a connector would bring it: rows, and texts under their hashes. */
export function corpusRows(corpus: readonly CorpusDocument[]): {
  rows: DomainRows;
  texts: DocumentText[];
} {
  const repositoryExternalId = 'corpus';
  const texts = corpus.map(({ text }) => ({
    hash: createHash('sha256').update(text).digest('base64url'),
    text,
  }));
  const documents = corpus.map(({ path, text }, at) => ({
    source: 'corpus',
    externalId: `${repositoryExternalId}:${path}`,
    repositoryExternalId,
    path,
    textHash: texts[at]?.hash ?? '',
    commitSha: '0'.repeat(40),
    byteCount: Buffer.byteLength(text),
    lastChangedAt: null,
  }));
  const repositories = [
    {
      source: 'corpus',
      externalId: repositoryExternalId,
      name: 'corpus',
      fullName: null,
      url: null,
      defaultBranch: null,
      mergeStyle: null,
    },
  ];
  return { rows: { repositories, documents }, texts };
}
