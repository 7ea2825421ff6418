import type { TokenForm } from './token-rule.ts';

const word = '[A-Za-z0-9]';
const dashed = '[A-Za-z0-9_-]';
const hex = '[a-f0-9]';
const uuid = '[a-fA-F0-9]{8}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{4}-[a-fA-F0-9]{12}';

/** Tokens of code hosts, package registries, build services and trackers. */
export const developmentTokenForms: readonly TokenForm[] = [
  // Of the API's own tokens; the body may end in a dash or underscore.
  { id: 'adjutant', prefixes: ['adj_'], body: `${dashed}{43}` },
  { id: 'github', prefixes: ['ghp_', 'gho_', 'ghu_', 'ghr_'], body: `${word}{30,255}` },
  { id: 'github-installation', prefixes: ['ghs_'], body: `${word}[A-Za-z0-9_.-]{28,1000}${word}` },
  { id: 'github-fine-grained', prefixes: ['github_pat_'], body: '\\w{22,255}' },
  {
    id: 'gitlab',
    prefixes: [
      'glpat-',
      'gldt-',
      'glptt-',
      'glrt-',
      'glrtr-',
      'glsoat-',
      'glcbt-',
      'glft-',
      'glimt-',
      'glagent-',
      'gloas-',
      'glffct-',
      'glwt-',
    ],
    body: `${dashed}{16,300}(?:\\.[A-Za-z0-9_-]{2,60}){0,2}`,
  },
  { id: 'gitlab-registration', prefixes: ['GR1348941'], body: `${dashed}{20,40}` },
  { id: 'bitbucket', prefixes: ['ATBB', 'BBDC-'], body: `${word}[A-Za-z0-9+/=_-]{22,120}` },
  { id: 'atlassian', prefixes: ['ATATT3', 'ATCTT3', 'ATSTT3'], body: '[A-Za-z0-9_=-]{30,300}' },
  { id: 'npm', prefixes: ['npm_'], body: `${word}{32,64}` },
  { id: 'pypi', prefixes: ['pypi-'], body: `${dashed}{50,500}` },
  { id: 'rubygems', prefixes: ['rubygems_'], body: `${hex}{40,64}` },
  { id: 'crates', prefixes: ['cio'], body: `(?=[a-z]{0,31}[A-Z0-9])${word}{32}` },
  { id: 'nuget', prefixes: ['oy2'], body: '[a-z0-9]{43}' },
  { id: 'docker', prefixes: ['dckr_pat_', 'dckr_oat_'], body: `${dashed}{20,120}` },
  { id: 'artifactory', prefixes: ['AKCp', 'cmVmdGtu'], body: `${word}{40,100}` },
  { id: 'circleci', prefixes: ['CCIPAT_', 'CCIPRJ_'], body: '\\w{20,120}' },
  { id: 'buildkite', prefixes: ['bkua_', 'bkaj_', 'bkpat_'], body: `${word}{32,64}` },
  { id: 'sonarqube', prefixes: ['squ_', 'sqp_', 'sqa_'], body: `${hex}{40}` },
  { id: 'pulumi', prefixes: ['pul-'], body: `${hex}{40}` },
  { id: 'linear', prefixes: ['lin_api_', 'lin_oauth_', 'lin_wh_'], body: `${word}{32,80}` },
  { id: 'notion', prefixes: ['ntn_', 'secret_'], body: `(?=[A-Za-z]{0,45}\\d)${word}{40,60}` },
  { id: 'figma', prefixes: ['figd_', 'figo_', 'figu_'], body: `${dashed}{30,120}` },
  { id: 'airtable', prefixes: ['pat'], body: `${word}{14}\\.${hex}{64}` },
  { id: 'typeform', prefixes: ['tfp_'], body: '[A-Za-z0-9_.=-]{30,80}' },
  { id: 'postman', prefixes: ['PMAK-'], body: `${hex}{24}-${hex}{34}` },
  { id: 'sourcegraph', prefixes: ['sgp_', 'slk_', 'sgd_'], body: '\\w{40,120}' },
  { id: 'clickup', prefixes: ['pk_'], body: '\\d{4,12}_[A-Z0-9]{30,40}' },
  { id: 'contentful', prefixes: ['CFPAT-'], body: `${dashed}{40,60}` },
  { id: 'octopus', prefixes: ['API-'], body: '(?=[A-Z]{0,24}\\d)[A-Z0-9]{24,36}' },
  { id: 'readme', prefixes: ['rdme_'], body: '[a-z0-9]{60,80}' },
  { id: 'prefect', prefixes: ['pnu_', 'pnb_'], body: `${word}{30,40}` },
  { id: 'infracost', prefixes: ['ico-'], body: `${word}{32}` },
  { id: 'launchdarkly', prefixes: ['sdk-', 'api-'], body: uuid },
  { id: 'snyk', prefixes: ['snyk_'], body: '[a-z]{2,5}[._][A-Za-z0-9_.-]{20,120}' },
  { id: 'codecov', prefixes: ['codecov_'], body: `${dashed}{30,80}` },
  { id: 'one-password', prefixes: ['ops_eyJ'], body: '[A-Za-z0-9_=-]{60,2000}' },
  { id: 'one-password-key', prefixes: ['A3-'], body: '[A-Z0-9]{6}(?:-[A-Z0-9]{5,6}){4,6}' },
];
