import type { CorpusCase } from './corpus-case.ts';
import { cleanCase } from './make-case.ts';

/** Identifiers, hashes and versions: long and random by nature, and public. */
export const identifierNegatives: readonly CorpusCase[] = [
  cleanCase('sha-short', 'Reverted in 4f1c9d2, released with a81b03e.'),
  cleanCase('sha-forty', 'git bisect bad 69fbf3d621eff199ae448b44e7fb5e4688ccc735'),
  cleanCase(
    'sha-forty-in-log',
    'commit ce5daa6c32199f47dd9559c8301040a2c1cb19c1 (HEAD -> main, tag: v2.14.0)\nMerge: 5b1e0c7 9ad2f16',
  ),
  cleanCase(
    'sha-two-in-range',
    'Compare: ac24eb06dbcce589d833a96ee9006fb7226e5d2d...d65e7036da3135b563438d20609a2a083baa02ab',
  ),
  cleanCase(
    'sha-sixty-four',
    '2db1d5a05a39882c6a99866b9fe8c8d6d452937009f061d2ab935ef549c9aa34  adjutant-linux-x64.tar.gz',
  ),
  cleanCase(
    'sha-object-format',
    'extensions.objectFormat=sha256\nHEAD is now at 80c837d5a71706fd883931d068cd3681ac9e917eee92420b4795abd02a117cb3',
  ),
  cleanCase(
    'sha-512-file',
    '7f5afe1de27dd868f4c35f191bbc6518ac2ee783aa5e79af36aeb7f61d772eac971a83f4b25a6c36b47588f3fc02e0f2ce47a02138673a8817ac1c748791e023 *release.zip',
  ),
  cleanCase('md5-checksum', 'MD5 (backup-2026-03-10.sql.gz) = c58733d1e18df7fb74fef312caeff9fd'),
  cleanCase(
    'index-line-of-diff',
    'index 5b1e0c7a..9ad2f16c 100644\n--- a/src/sync.ts\n+++ b/src/sync.ts',
  ),
  cleanCase('uuid-four', 'job ddcfbc78-a6e9-439c-9ede-8531bf985245 finished in 41 s'),
  cleanCase('uuid-seven', 'row 01957f3e-2c41-7b0a-9d52-8f6e1a3c7b04 was written twice'),
  cleanCase('uuid-upper-case', 'CorrelationId: 8C2F3F2C-7A10-4A43-9D0B-5F0C7B7E2F0E'),
  cleanCase('uuid-without-dashes', 'notion page e19540163ab162dec2008c62bfb1dd5e has no owner'),
  cleanCase('ulid', 'event 01JP2X9Y7MXX5Q4TDX26VHSBZ8 was delivered late'),
  cleanCase('ksuid', 'message id 2uFvZ7K0MExDEjCa8MkXso48ydL acknowledged'),
  cleanCase('nano-id', 'trace the upload V1StGXR8_Z5jdHi6B-myT through the queue'),
  cleanCase('cuid', 'run clxb1kqv8gjdb9oifhzc8urvm is the slow one'),
  cleanCase('object-id', 'db.jobs.findOne({ _id: ObjectId("65f0c1e7683447f1ba7bdf87") })'),
  cleanCase('semver', 'Bumps vitest from 3.2.4 to 4.0.0-beta.11+build.20260311.'),
  cleanCase('version-of-four-parts', 'Driver version 1.2.3.4 needs firmware v10.4.0.2 or later.'),
  cleanCase(
    'browser-version',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/134.0.6998.35 Safari/537.36',
  ),
  cleanCase('calendar-version', 'Ubuntu 24.04.2, pip 25.0.1, image 2026.03.11-1'),
  cleanCase(
    'image-digest',
    'images.example.com/acme/api@sha256:68017a9a29a4da09461986e1d0ebd0cd0da9def4bb0b6972f1765c4e4d45ede8',
  ),
  cleanCase(
    'image-digest-with-tag',
    'FROM node:24.1.0-slim@sha256:5d25c9b66323104d2c63f0941ec8e227ccda8a6c4f48768ac6b28b6580cdeb9e AS build',
  ),
  cleanCase('container-id-short', 'CONTAINER ID   IMAGE\n9f2c1b7e5d04   postgres:17'),
  cleanCase(
    'container-id-long',
    'docker inspect 905db2f2fd6b350cdb7e94544af770e1759cca1e986e7ffd18567e78860f1402 --format "{{.State.ExitCode}}"',
  ),
  cleanCase(
    'cgroup-path',
    '/kubepods/burstable/podbb0fdfb5-8f8c-480a-9b4d-5fc197932dea/5324afc16897ffef5c51bef108092e822a97ed949d3e3c05ae33b83753d3e370',
  ),
  cleanCase('jira-keys', 'ADJ-2214 blocks ADJ-2219, PLAT-77 and SUP-10331.'),
  cleanCase('pull-request-references', 'Closes #4128, follows acme/billing#977 and GH-31.'),
  cleanCase('graphql-pull-request', '{"id":"PR_kwDOClZ68iKKEuQqMu","number":4128}'),
  cleanCase('graphql-user', 'node(id: "U_kgDO58fNXF") { ... on User { login } }'),
  cleanCase(
    'graphql-legacy-node',
    'MDExOlB1bGxSZXF1ZXN0MjM0NTY3ODkw resolves to pull request 4128',
  ),
  cleanCase('graphql-cursor', 'after: "Y3Vyc29yOnYyOpK5MjAyNi0wMy0xMVQwOToxNDowMiswMTowMM4AB1c="'),
  cleanCase('trace-parent', 'traceparent: 00-d7d806774d4c3b4683f5a3ddd710dda3-9a5e991f7c2a8253-01'),
  cleanCase(
    'trace-fields',
    'trace_id=6c788236434d3948c4733c4d8d5c2267 span_id=c252d03bf3054769 flags=01',
  ),
  cleanCase('amazon-trace', 'X-Amzn-Trace-Id: Root=1-65f0c1a4-8f202c3bfacd1c1a7ee0daf3;Sampled=1'),
  cleanCase('request-id', 'x-github-request-id: C4A1:2F7B:1B03E9:2D5F1C:65F0C1A4'),
  cleanCase('etag-strong', 'ETag: "0371f52f131fe441cef5f25dbf385c39"\nCache-Control: max-age=60'),
  cleanCase(
    'etag-weak',
    'If-None-Match: W/"36f8dcb85efffa0051c05cc724b8ecf827fb7a3942d752e000b6f54f7b22ecde"',
  ),
  cleanCase('snowflake', 'discord message 1184400718290411573 in channel 1091827364550918273'),
  cleanCase(
    'long-numeric-ids',
    'workflow run 13847120956, job 38412907715, check suite 35518240917',
  ),
  cleanCase('sixteen-digits', 'order 4929170382645512 is stuck in state "packed"'),
  cleanCase('sixteen-digits-in-groups', 'meter reading 5102 8837 2046 1193 was sent twice'),
  cleanCase('order-numbers', 'orders 302-8841207-5519304 and 10023-8841 share one parcel'),
  cleanCase('build-numbers', 'Build 20260311.14 (#8841) took over from 20260310.2 (#8839)'),
  cleanCase('epoch-milliseconds', 'startedAt=1773216004511 finishedAt=1773216046902'),
  cleanCase('epoch-milliseconds-passing-luhn', 'cursor 1773216000001 was read three times'),
  cleanCase('epoch-seconds-and-nanoseconds', 'ts=1773216004 mono=1773216004511902338'),
  cleanCase(
    'slack-permalink',
    'https://acme.slack.com/archives/C02ABCDEF/p1773216004511909?thread_ts=1773215990.001200',
  ),
  cleanCase('slack-timestamp', 'reply in thread 1773216004.511909, parent 1773215990.001200'),
  cleanCase('slack-ids', 'team T024BE7LD, channel C02ABCDEF, user U02ABCDEF, bot B07QX2M4N'),
  cleanCase(
    'iso-timestamps',
    '2026-03-11T09:14:02.118Z, 2026-03-11T10:14:02+01:00, 20260311T091402Z',
  ),
  cleanCase(
    'aws-role-arn',
    'arn:aws:iam::123456789012:role/ci-deploy is not allowed to call sts:AssumeRole',
  ),
  cleanCase(
    'aws-resource-ids',
    'i-00a4fb36aee0220f3 in subnet-048d5a9b18f884971, sg-0986b18b4ba69026e',
  ),
  cleanCase('aws-arn-without-account', 'arn:aws:s3:::acme-artifacts/releases/*'),
  cleanCase('s3-path', 's3://acme-artifacts/releases/2026/03/11/4f1c9d2/app-4.2.0.tar.gz'),
  cleanCase(
    's3-version-id',
    'aws s3api get-object --version-id KpMwqOGkJU5WLI0oRKjpyYbrDLhf9N82 --key logs/app.json',
  ),
  cleanCase(
    'pod-names',
    'billing-api-7d9f8b6c54-4jt46 and billing-worker-5c4d7f9b8-nptjm restarted',
  ),
  cleanCase(
    'kubernetes-job',
    'job.batch/nightly-sync-29217845 created pod nightly-sync-29217845-28h78',
  ),
  cleanCase('mac-address', 'eth0: link up, HWaddr 00:00:5e:00:53:af, peer 00-00-5E-00-53-01'),
  cleanCase(
    'ssh-fingerprint',
    'ED25519 key fingerprint is SHA256:5X/ey8PrXaQam8wMEZhm12kbGLTDN+qHaI7jhaZ6uoz.',
  ),
  cleanCase(
    'certificate-serial',
    'Serial Number: 04:a3:91:5c:7e:0b:d2:18:66:f0:3d:8e:91:27:ab:5f:c0:12',
  ),
  cleanCase(
    'gpg-key-id',
    'gpg: Good signature, key ID E98E5A4ACDE61E77, fingerprint 20EA826B0266B7328F5F29BAF58D64A7BDDF93BE',
  ),
  cleanCase('webhook-delivery', 'X-GitHub-Delivery: 72d3162e-cc78-11f0-81ab-4c9367dc0958'),
  cleanCase(
    'page-and-device-ids',
    'ari:cloud:jira:5f0c7b7e-2f0e-4a43-9d0b-8c2f3f2c7a10:issue/10231',
  ),
  cleanCase('atlassian-account-id', 'assignee 557058:5f0c7b7e-2f0e-4a43-9d0b-8c2f3f2c7a10'),
  cleanCase('incident-ids', 'incident Q1TXW93PB0ZQ6N on service PT4KHLK, policy PANZZEQ'),
];
