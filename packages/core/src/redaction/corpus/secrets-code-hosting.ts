import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase } from './make-case.ts';

/** Tokens of code hosting, continuous integration and package registries. */
export const codeHostingSecrets: readonly CorpusCase[] = [
  secretCase(
    'github-classic-in-job-log',
    assemble('ghp', '_', 'QRfKV8X94KTpix0wZN', 'EJj2vX1l1SfS1Mrkw8'),
    (value) =>
      `##[group]Run gh release create v2.14.0 --notes-file NOTES.md\nenv:\n  GH_TOKEN: ${value}\n##[endgroup]`,
  ),
  secretCase(
    'github-classic-ends-sentence',
    assemble('ghp', '_', 'jGT3mCs61P7FgTLJwg', '26jmNzJQ6wQZ3u1zhB'),
    (value) => `Rotated on 2026-02-03 because the old one was ${value}.`,
  ),
  secretCase(
    'github-classic-in-remote',
    assemble('ghp', '_', '43xAeSE0iiJKANMncy', 'nnfrKoK6T9So2k6ey4'),
    (value) =>
      `$ git remote -v\norigin\thttps://${value}@github.com/acme/billing.git (fetch)\norigin\thttps://github.com/acme/billing.git (push)`,
  ),
  secretCase(
    'github-oauth-in-issue',
    assemble('gho', '_', 'cdhOZmEw1tYeq9AVL2', 'rVFxIZ6pGNiI3EXZe7'),
    (value) =>
      `The desktop client keeps \`${value}\` in plain text under ~/.config/acme/hosts.yml, see ADJ-2214.`,
  ),
  secretCase(
    'github-installation-in-json',
    assemble('ghs', '_', '5us47EWX8T35XV0oeQ', 'ncNO8ZnEn4oB3TGAi0'),
    (value) =>
      `{"token":"${value}","expires_at":"2026-03-11T10:14:02Z","permissions":{"contents":"write"}}`,
  ),
  secretCase(
    'github-user-to-server-in-diff',
    assemble('ghu', '_', 'rPZsV7NVk00y4FSNnK', 'HLlPtI3SzJIT0k8CFj'),
    (value) =>
      `@@ -12,3 +12,3 @@ jobs:\n-      - run: gh auth login --with-token <<< "${value}"\n+      - run: gh auth status`,
  ),
  secretCase(
    'github-refresh-in-form-body',
    assemble(
      'ghr',
      '_',
      'euatdyTBdgSe3eIdA9raVdp2zKvOjt8UfczIGb',
      'qfUKRQPeynKBC2cWOPcG0FRxlzjWmXfBL2AhG7',
    ),
    (value) => `expires_in=28800&refresh_token=${value}&refresh_token_expires_in=15811200&scope=`,
  ),
  secretCase(
    'github-fine-grained-in-slack',
    assemble(
      'github',
      '_pat_',
      'Q36kvdhknYe',
      '4zk31Fvtc8g',
      '_',
      'eJZZA1UqmrMAzo3yld9StUorBOthun',
      'aa6quMCbfrpy0vZukLn9DF9FvUM34',
    ),
    (value) => `<@U02ABCDEF> fine-grained one for the migration, until Friday: \`${value}\``,
  ),
  secretCase(
    'github-fine-grained-in-dockerfile',
    assemble(
      'github',
      '_pat_',
      '7ev7M3c6gGs',
      'O017EAb7mcz',
      '_',
      '4pmxqNKKliKacq2n7DvSX1VBfvQpFA',
      'G2ZtUFRM8NxgEeFQKiOnkeoiCJDz2',
    ),
    (value) => `Step 4/11 : ARG GITHUB_TOKEN=${value}\n ---> Running in 5c1b0d2e9f37`,
  ),
  secretCase(
    'gitlab-personal-in-clone-url',
    assemble('glpat', '-', 'mlyW5Krt14', '5PzUXx5URc'),
    (value) =>
      `fatal: unable to access 'https://oauth2:${value}@gitlab.example.com/platform/api.git/': The requested URL returned error: 403`,
  ),
  secretCase(
    'gitlab-personal-in-header',
    assemble('glpat', '-', 'V7SPuD7wrG', 'ttgQWoCri4'),
    (value) =>
      `curl --silent --header "PRIVATE-TOKEN: ${value}" "https://gitlab.example.com/api/v4/projects/118/pipelines?per_page=20"`,
  ),
  secretCase(
    'gitlab-routable',
    assemble(
      'glpat',
      '-',
      'hkdiNtIdm8XxNWLfgenp',
      'LE4t3133yQ9ugN2VP1f',
      '.',
      '01',
      '.',
      'b9ki6',
      'jobr',
    ),
    (value) => `  "gitlab": { "baseUrl": "https://gitlab.example.com", "token": "${value}" },`,
  ),
  secretCase(
    'gitlab-pipeline-trigger',
    assemble('glptt', '-', '0bb87c663d96deae6cde', 'dfb1005d91b9bce01be5'),
    (value) =>
      `curl -X POST --fail -F token=${value} -F ref=main https://gitlab.example.com/api/v4/projects/118/trigger/pipeline`,
  ),
  secretCase(
    'gitlab-deploy-token',
    assemble('gldt', '-', 'QNu68VCOqe', 'DaOgM3szxT'),
    (value) => `docker login -u gitlab+deploy-token-41 -p ${value} registry.gitlab.example.com`,
  ),
  secretCase(
    'gitlab-runner',
    assemble('glrt', '-', 'doY9pEZnwF', 'e2-GBDGysj'),
    (value) =>
      `concurrent = 4\n\n[[runners]]\n  name = "build-07"\n  url = "https://gitlab.example.com"\n  token = "${value}"\n  executor = "docker"`,
  ),
  secretCase(
    'bitbucket-app-password',
    assemble('ATBB', 'CbgdSMYvaoQU', 'XpZW0qPdFXmr', '5487', 'D0CF'),
    (value) => `git clone https://release-bot:${value}@bitbucket.org/acme/ledger.git`,
  ),
  secretCase(
    'npm-in-npmrc',
    assemble('npm', '_', 'MGjGaa2IcXbLYptgeI', 'QPE7O8jAuLVL0yx9q3'),
    (value) => `@acme:registry=https://npm.example.com/\n//npm.example.com/:_authToken=${value}\n`,
  ),
  secretCase(
    'npm-in-publish-log',
    assemble('npm', '_', 'IjryXov1ifZdXO9h95', 'Tocix4s2Or8n2gzna2'),
    (value) =>
      `npm error code E403\nnpm error 403 Forbidden - PUT https://registry.example.com/@acme%2fui\nNODE_AUTH_TOKEN: ${value}`,
  ),
  secretCase(
    'npm-legacy-uuid',
    assemble('1de61d3d-4946-49aa', '-b2ad-b0168a6be1d8'),
    (value) => `//registry.example.com/:_authToken=${value}\nalways-auth=true`,
  ),
  secretCase(
    'pypi-in-pypirc',
    assemble(
      'pypi',
      '-',
      'AgEIcHlwaS5vcmc',
      'HXOzxF87_HfaVyjuWhAqRx_zbQluwQlcKHDEbgHv',
      'dKOExrvUUd7r_ti7DnY3mnaKf5Wzdl5dpNeNf--k',
      '8Cw3tGeDIxYVVSTrdDgXY-BVafWRd4Te3go1ECMs',
    ),
    (value) => `[pypi]\nusername = __token__\npassword = ${value}\n`,
  ),
  secretCase(
    'docker-hub-access-token',
    assemble('dckr', '_pat_', '4ILXvupaReChya', 'BXB_PmyF6gJvN'),
    (value) => `+ echo ${value} | docker login --username acmebuild --password-stdin`,
  ),
  secretCase(
    'docker-config-auth',
    assemble('YWNtZWJ1aWxkOkxTcjF5', 'SGx0QkJtSlJNa2p1MVdO'),
    (value) =>
      `{\n  "auths": {\n    "https://images.example.com/v1/": {\n      "auth": "${value}"\n    }\n  }\n}`,
  ),
  secretCase(
    'crates-io',
    assemble('cio', 'QIwJbbrFyBH05vDR', 'FdmSZR4xRqbaAubH'),
    (value) => `$ cargo login ${value}\n       Login token for \`crates-io\` saved`,
  ),
  secretCase(
    'rubygems',
    assemble('rubygems', '_', '84fa37c9a5457ee84367823f', '4dd4f005057807a3a3b16a4e'),
    (value) => `---\n:rubygems_api_key: ${value}\n`,
  ),
  secretCase(
    'nuget',
    assemble('oy2', '2kmi04qgto1bn7uypze5kz', '3ya5q7rfrqb1bgm8rupxx'),
    (value) =>
      `dotnet nuget push bin/Release/Acme.Billing.4.2.0.nupkg -k ${value} -s https://packages.example.com/v3/index.json`,
  ),
  secretCase(
    'artifactory-api-key',
    assemble(
      'AKC',
      'p',
      '9BzT1E7IBMW3ndyTGkA7yoXQWA0DDCFb7Zf',
      'aXAU6uqq8scSovy4C7gFDGIxoyuUthxnV8',
    ),
    (value) =>
      `curl -H "X-JFrog-Art-Api: ${value}" -T build/app.tar.gz https://artifacts.example.com/releases/app-4.2.0.tar.gz`,
  ),
  secretCase(
    'circleci-header',
    assemble('a67ec806a57592b0c69d', 'd89fbdc63c0838669715'),
    (value) => `curl -H 'Circle-Token: ${value}' https://circleci.com/api/v2/me`,
  ),
  secretCase(
    'buildkite-agent',
    assemble('bkua', '_', '11c1ba66e07e2517029f', 'bc3b8f0472329f448122'),
    (value) =>
      `2026-03-09 22:41:07 NOTICE buildkite.api_token=${value} pipeline=acme/web build=8841`,
  ),
  secretCase(
    'sonarqube-user-token',
    assemble('squ', '_', '9fc96aef5c65531244a9', '69116730f78ebded79cc'),
    (value) => `mvn -B verify sonar:sonar -Dsonar.projectKey=billing -Dsonar.token=${value}`,
  ),
  secretCase(
    'codecov-upload-token',
    assemble('dfe19d8f-7c3e-4895', '-a427-598d168daf61'),
    (value) => `export CODECOV_TOKEN=${value}\n./codecov upload-process --fail-on-error`,
  ),
  secretCase(
    'jenkins-api-token',
    assemble('11', '2ad81c559b3f5722', '1c7598c932d554ed'),
    (value) => `curl -X POST -u ci-bot:${value} https://jenkins.example.com/job/nightly/build`,
  ),
  secretCase(
    'terraform-cloud',
    assemble(
      'Lc48X6n',
      'W6F3BwW',
      '.',
      'atlasv1',
      '.',
      'uYgvf2FPbw17_keGyg109G1hBJAInGtLo5',
      '1gl-ZerRYBMEClO0IEVF0m4ILve-sBvFR',
    ),
    (value) => `credentials "app.terraform.io" {\n  token = "${value}"\n}`,
  ),
];
