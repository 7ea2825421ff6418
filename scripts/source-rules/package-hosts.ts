import type { Finding } from './finding.ts';

// Written in parts, because this file is looked at as well.
const hosts: readonly (readonly string[])[] = [
  ['npmjs', 'org'],
  ['npmjs', 'com'],
  ['yarnpkg', 'com'],
  ['npmmirror', 'com'],
  ['jsr', 'io'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['crates', 'io'],
  ['rubygems', 'org'],
  ['maven', 'org'],
  ['packagist', 'org'],
  ['nuget', 'org'],
  ['clojars', 'org'],
  ['hex', 'pm'],
  ['proxy.golang', 'org'],
  ['ghcr', 'io'],
  ['docker', 'io'],
  ['hub.docker', 'com'],
  ['quay', 'io'],
  ['gcr', 'io'],
  ['pkg', 'dev'],
  ['azurecr', 'io'],
  ['public.ecr', 'aws'],
  ['pkg.github', 'com'],
  ['jfrog', 'io'],
];
const named = new RegExp(
  `(?<![\\w-])(?:${hosts.map((parts) => parts.join('\\.')).join('|')})(?![\\w-]|\\.[a-z])`,
  'i',
);

/** Returns each line of a file that names a host which packages or images are taken from. */
export function packageHosts(text: string, file: string): Finding[] {
  return text.split('\n').flatMap((words, at) => {
    const host = named.exec(words)?.[0];
    if (host === undefined) return [];
    return [{ file, line: at + 1, message: `names ${host}, a host of packages; use example.com` }];
  });
}
