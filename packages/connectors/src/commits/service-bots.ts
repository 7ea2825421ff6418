/**
 * Accounts that maintain, format, release or review, but are not coding agents. A login that ends in
 * `[bot]` is a service bot unless it is a known coding agent, so only the others need a line.
 */
export const serviceBotLogins: ReadonlySet<string> = new Set([
  'dependabot',
  'dependabot-preview',
  'renovate',
  'renovate-bot',
  'greenkeeper',
  'github-actions',
  'web-flow',
  'pre-commit-ci',
  'semantic-release-bot',
  'snyk-bot',
  'mergify',
  'bors',
  'k8s-ci-robot',
  'allcontributors',
  'imgbot',
  'codecov-io',
  'golangcibot',
  'weblate',
  'crowdin-bot',
  'gitlab-bot',
  'sonarcloud',
  'coderabbitai',
  'sourcery-ai',
  'ellipsis-dev',
  'stale',
]);

export const serviceBotEmails: ReadonlySet<string> = new Set([
  // What GitHub itself signs: merges made in the browser.
  'noreply@github.com',
  'support@dependabot.com',
  'action@github.com',
  'actions@github.com',
  'bot@renovateapp.com',
  'renovate@whitesourcesoftware.com',
  'support@greenkeeper.io',
  'snyk-bot@snyk.io',
  'bot@pre-commit.ci',
  'semantic-release-bot@martynus.net',
  'hosted@weblate.org',
  'support+bot@crowdin.com',
  'noreply@gitlab.com',
]);

/** GitLab's project and group access tokens commit under such addresses, on any instance. */
export const serviceBotAddressPattern = /^(?:project|group)_\d+_bot[a-z0-9_]*@noreply\./;
