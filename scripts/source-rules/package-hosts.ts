import type { Finding } from './finding.ts';

// Domains that serve packages or images and do not say so in their names. Written in parts, because this
// file is looked at as well.
const domains: readonly (readonly string[])[] = [
  ['npmjs', 'org'],
  ['npmjs', 'com'],
  ['yarnpkg', 'com'],
  ['npmmirror', 'com'],
  ['jsr', 'io'],
  ['unpkg', 'com'],
  ['jsdelivr', 'net'],
  ['pypi', 'org'],
  ['pythonhosted', 'org'],
  ['anaconda', 'org'],
  ['crates', 'io'],
  ['rubygems', 'org'],
  ['maven', 'org'],
  ['maven.apache', 'org'],
  ['sonatype', 'org'],
  ['packagist', 'org'],
  ['nuget', 'org'],
  ['clojars', 'org'],
  ['hex', 'pm'],
  ['pub', 'dev'],
  ['proxy.golang', 'org'],
  ['sum.golang', 'org'],
  ['goproxy', 'io'],
  ['goproxy', 'cn'],
  ['cpan', 'org'],
  ['luarocks', 'org'],
  ['cocoapods', 'org'],
  ['ghcr', 'io'],
  ['docker', 'io'],
  ['docker', 'com'],
  ['quay', 'io'],
  ['gcr', 'io'],
  ['pkg', 'dev'],
  ['azurecr', 'io'],
  ['ecr', 'aws'],
  ['pkg.github', 'com'],
  ['jfrog', 'io'],
  ['cloudsmith', 'io'],
  ['gemfury', 'com'],
  ['packagecloud', 'io'],
  ['myget', 'org'],
];

/** What hosts of packages and images are called, whoever's they are: `registry.…`, `npm-mirror.…`. */
const label =
  '(?:registry|registries|packages?|pkgs?|npm|pypi|maven|nuget|rubygems|gems|crates|conda|goproxy|mirrors?|artifacts?|artifactory|nexus|docker|containers?|dkr|mcr)(?:-[\\w-]+)?|[\\w-]+-(?:registry|mirror|proxy|npm|pypi|docker)';
const byName = `(?:[\\w-]+\\.){0,3}(?:${label})(?:\\.[\\w-]+){0,4}\\.[a-z][\\w-]*\\.(?:[a-z]{2}|com|org|net|dev|cloud|app|info)`;
const byDomain = `(?:${domains.map((parts) => parts.join('\\.')).join('|')})`;
/** Where a tool is told to take packages from, whatever the host is called. */
const byPlace =
  '(?:--(?:extra-)?(?:registry|index-url)[= ]|(?<![\\w-])(?:registry|npmRegistryServer|(?:extra-)?index-url)\\s?[:=]\\s?["\']?|(?=//[^\\s/]+/:_(?:auth|password)))(?:https?:)?//(?<place>[a-z][\\w.-]*\\.[a-z]{2,})';
const named = new RegExp(
  `(?<![\\w.-])(?<name>${byName})(?![\\w-]|\\.[a-z])|(?<![\\w-])(?<domain>${byDomain})(?![\\w-]|\\.[a-z])|${byPlace}`,
  'gi',
);
// Kept free for examples, or of one's own machine and network.
const reserved = /(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost|internal)$/i;

/** Returns each line of a file that names a host which packages or images are taken from. */
export function packageHosts(text: string, file: string): Finding[] {
  return text.split('\n').flatMap((words, at) => {
    const hosts = [...words.matchAll(named)].map(
      ({ groups }) => groups?.['name'] ?? groups?.['domain'] ?? groups?.['place'] ?? '',
    );
    const host = hosts.find((one) => !reserved.test(one));
    if (host === undefined) return [];
    return [{ file, line: at + 1, message: `names ${host}, a host of packages; use example.com` }];
  });
}
