import { assemble } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const awsKeyId = assemble('AKIA', 'V35OBIYF', 'XUTRLSBS');
const awsSecret = assemble('SykK33AIeq4lQlnd+z0y', 'DeLIQDRY/YX6YG/3heSc');
const awsSessionKeyId = assemble('ASIA', 'OXTLR7P5', 'L523VNPV');
const awsSessionSecret = assemble('n6ROuEtxTepneXPQuSyo', 'ogce31lROKjh+1DUdO/v');
const awsSessionToken = assemble(
  'IQoJb3JpZ2luX2Vj',
  'u+Ka4vluQwKJ5kRgai6jsu/TMYDWW81U+70Ky',
  '8EGFpfdO67BeGg2F12/mYHV8iaE2ylrrXFFjo',
  'zwiwI+cNcW3Fki9JIw54qmAhHOHgbxIiIfOaN',
  'BDM1p+VhoYMAhAGYfNTLBsbanaeoBaPOh94Hj',
  'ZFjNmsQS3Av7Q1stNoAvr/7nrfScPQHwhOQmy',
  '+tjF2jVTxNJCOo1dSKOjw/FYTWGZozBwyZx',
  '=',
);

/** Credentials of cloud platforms, secret stores and deployment platforms. */
export const cloudSecrets: readonly CorpusCase[] = [
  secretsCase(
    'aws-credentials-file',
    [awsKeyId, awsSecret],
    `[deploy]\naws_access_key_id = ${awsKeyId}\naws_secret_access_key = ${awsSecret}\nregion = eu-west-1\n`,
  ),
  secretsCase(
    'aws-session-exports',
    [awsSessionKeyId, awsSessionSecret, awsSessionToken],
    `export AWS_ACCESS_KEY_ID=${awsSessionKeyId}\nexport AWS_SECRET_ACCESS_KEY=${awsSessionSecret}\nexport AWS_SESSION_TOKEN=${awsSessionToken}\nexport AWS_REGION=eu-central-1`,
  ),
  secretCase(
    'aws-key-id-in-audit-event',
    assemble('AKIA', 'LEMJNQOS', 'CWNYXEOZ'),
    (value) =>
      `{"eventName":"PutObject","userIdentity":{"type":"IAMUser","userName":"ci-deploy","accessKeyId":"${value}"},"errorCode":"AccessDenied"}`,
  ),
  secretCase(
    'aws-secret-in-terraform',
    assemble('ng+/wDb9PE2kzC8hL11B', '7kPMf+itd8QxyAyOWH5t'),
    (value) =>
      `provider "aws" {\n  region     = "eu-west-1"\n  secret_key = "${value}"\n  max_retries = 3\n}`,
  ),
  secretCase(
    'aws-secret-in-python',
    assemble('sfArlXVrU+c/PIYaOezN', '+clZRBO+jp7HNdLlyCTX'),
    (value) => `    client = boto3.client("s3", aws_secret_access_key='${value}')`,
  ),
  secretCase(
    'google-api-key-in-url',
    assemble('AIza', 'uXs9FU3wBzAup5xrjD', 'vobICgPcPPDL5fasF'),
    (value) =>
      `GET https://maps.googleapis.com/maps/api/geocode/json?address=Berlin&key=${value} 403 12ms`,
  ),
  secretCase(
    'google-api-key-in-source',
    assemble('AIza', 'Sy', 'yUQM63qFWGwyvzQfn', '5AHM3KPym3l3GgRX'),
    (value) => `const firebaseConfig = { apiKey: '${value}', projectId: 'acme-staging' };`,
  ),
  secretCase(
    'google-oauth-client-secret',
    assemble('GOCSPX', '-', 'lYi50f9bxRptsq', '64Zk3MqaBsNXVG'),
    (value) =>
      `{"web":{"client_id":"480217739105-web.apps.googleusercontent.com","client_secret":"${value}","redirect_uris":["https://app.example.com/cb"]}}`,
  ),
  secretCase(
    'google-access-token',
    assemble(
      'ya29',
      '.',
      'a0',
      'TfWHBWhLdJNhEXfaMJuI0nBzbOncHY0azrC',
      'CyAy67vE25mg2f7-5MIefh0vBAwn5jfqGKT',
      'hj58QFs36ge8ojn12lWZOo7CnxqJ4aLadwO',
      'BsvtVS5Q7Q9G9K3mQx4h3Hs_D4DWH9ee3Q8',
    ),
    (value) => `$ gcloud auth print-access-token\n${value}`,
  ),
  secretCase(
    'azure-storage-connection-string',
    assemble(
      'f8zMhP+xGQNEBfX8hztR57FWJv35mJ',
      'EsAaPIebJnVSX3tQbRHhdaslkCzxZK',
      'vzYoF2/NGu6qZ3yvfdusLS0bDg==',
    ),
    (value) =>
      `AZURE_STORAGE_CONNECTION_STRING="DefaultEndpointsProtocol=https;AccountName=acmeartifacts;AccountKey=${value};EndpointSuffix=core.windows.net"`,
  ),
  secretCase(
    'azure-sas-url',
    assemble('OWbwEleYIgJ9UJ9ycRaRWxsml', 'I%2BNGX9HFg%2F9WtkuiiQ%3D'),
    (value) =>
      `azcopy copy ./dist "https://acmeartifacts.blob.core.windows.net/releases?sv=2024-11-04&ss=b&srt=co&sp=rwl&se=2026-04-01T00:00:00Z&spr=https&sig=${value}"`,
  ),
  secretCase(
    'azure-service-bus',
    assemble('iBVUWe+Eqv6MH1BUXqYUqr', 'KnTnbk3XZPuYxo212kWTA='),
    (value) =>
      `ServiceBusConnection: Endpoint=sb://acme-events.servicebus.windows.net/;SharedAccessKeyName=listen;SharedAccessKey=${value}`,
  ),
  secretCase(
    'azure-entra-client-secret',
    assemble('RGj', '8', 'Q~', 'OyEsx8SE8lWK7J4Ix', 'GZE6T2Snkebat6TBh'),
    (value) => `ARM_TENANT_ID=0d3c2f5e-6a71-4b8e-9a43-1c2b7d905f68\nARM_CLIENT_SECRET=${value}\n`,
  ),
  secretCase(
    'azure-devops-url',
    assemble('lantsk3orhhw6opngwuaxofsik', 'vxjuza6gdtkdw2thiy74kay4du'),
    (value) => `git clone https://build:${value}@dev.azure.com/acme/platform/_git/api`,
  ),
  secretCase(
    'digitalocean',
    assemble('dop', '_v1_', '50bd33ff114a4557d30b5247e7458b49', '9ac47e4939128c3c29f5880e066b15fa'),
    (value) => `doctl auth init --access-token ${value}\nValidating token... OK`,
  ),
  secretCase(
    'cloudflare-api-token',
    assemble('tEAumrgH2bYMZUScQo-J', 'onT92znhtZZ_XEXvoCD9'),
    (value) => `  - name: Purge\n    env:\n      CLOUDFLARE_API_TOKEN: ${value}\n      ZONE: 7d1c`,
  ),
  secretCase(
    'heroku-api-key',
    assemble('HRKU', '-', 'AA', 'lt-t7yKgpX6pcWUa0_JgIbXqWmDJw', 'J7ByBfGFwV8ret4W22DaJe3dTxeUq'),
    (value) => `machine api.heroku.com\n  login deploys\n  password ${value}`,
  ),
  secretCase(
    'fly-io',
    assemble(
      'fm2',
      '_',
      '4IP7TNeyYiGpgHKN/39CtG9Nj4xVcp4Ox4EE',
      'ffUzauD8l/1PnPl37wmMJKh1OZN+v9gJuDBP',
      'fHxyFJoeXAfSEJ3bRqmm3BClK9xfdkRrb4xM',
      'zmcwNfR78xNC4owR9V+Xz2pzwu78g3xzvjRM',
      'xkW38K+zqmdFZNePFaPtMyqOrMSlDmp6qtLu',
    ),
    (value) => `FLY_API_TOKEN="FlyV1 ${value}" flyctl deploy --remote-only`,
  ),
  secretCase(
    'vercel-token-flag',
    assemble('SPen0GBrqJwP', '6PovvAhGpY01'),
    (value) => `> vercel deploy --prod --token=${value} --yes\nVercel CLI 39.1.1`,
  ),
  secretCase(
    'vault-service-token',
    assemble(
      'hvs',
      '.',
      'CAESI',
      'gGnHy8JZbY25iwQ1KYgl4B2pr6M8-y',
      'oQtozo0ShLXW5RXXpZJ4IjkRJ-Vmfz',
      'iOA9crZKViUu3kWHhr0PF6iEZbuyf6',
    ),
    (value) => `Error reading secret/data/billing: 403 permission denied (X-Vault-Token: ${value})`,
  ),
  secretCase(
    'doppler-service-token',
    assemble('dp', '.', 'st', '.', 'prd', '.', 'ocMPbPehQhrf2SrKuEHa8e', 'pfJJCPYpPedl1E6GzhfTQ'),
    (value) => `doppler run --token ${value} -- node dist/server.js`,
  ),
  secretCase(
    'pulumi-access-token',
    assemble('pul', '-', '75093faca6d447bee7ed', '27c84501e50038d7b6ee'),
    (value) => `PULUMI_ACCESS_TOKEN=${value} pulumi up --stack acme/prod --yes`,
  ),
  secretCase(
    'databricks',
    assemble('dapi', '31dec656258d27c7', 'e322b5c6db99abc1'),
    (value) => `[DEFAULT]\nhost = https://adb-740.azuredatabricks.net\ntoken = ${value}`,
  ),
  secretCase(
    'planetscale-service-token',
    assemble('pscale', '_tkn_', 'i30R_jWe3gknlLPLqJW415', 'I8U4OKS07azMguVCniq0x'),
    (value) => `pscale deploy-request list acme --service-token-id k2v --service-token ${value}`,
  ),
  secretCase(
    'supabase-service-role',
    assemble(
      'eyJhbGciOiJIUzI1Ni',
      'IsInR5cCI6IkpXVCJ9',
      '.',
      'eyJpc3MiOiJzdXBhYmFzZSIsInJlZiI6InN',
      '2bGZ5dmVjMXJ0ZzZ1N2tkdWt0Iiwicm9sZS',
      'I6InNlcnZpY2Vfcm9sZSIsImlhdCI6MTc3M',
      'zIxNjAwMCwiZXhwIjoyMDg4NTc2MDAwfQ',
      '.',
      '8yEyVjN-APom6kLqr_1pJi',
      '6v8rJ2MEAza1qIExWaZmQ',
    ),
    (value) => `SUPABASE_URL=https://db.example.com\nSUPABASE_SERVICE_ROLE_KEY=${value}`,
  ),
  secretCase(
    'turso-database-token',
    assemble(
      'eyJhbGciOiJFZERTQS',
      'IsInR5cCI6IkpXVCJ9',
      '.',
      'eyJhIjoicnciLCJnaWQiOiIxZWVhNTA0ZC0zMGJ',
      'lLTRkZjItOTA2Ny1kM2Y2MzYxNGI5NGIiLCJpYX',
      'QiOjE3NzMzMDEyMDAsInJpZCI6IjE4ZGQ2NTllL',
      'WRlNDEtNDEzYi04M2M3LThiNzc3OTcxMTIxZSJ9',
      '.',
      'rXIBsBT3Wj5QcGJewiqKKgNCSz4Lv',
      'h5SysrsqPNjadxrVyBaAg2F37Mb33',
      'ShKpfd1VDuvxSD-bADXCJxEB00lw',
    ),
    (value) => `TURSO_DATABASE_URL=libsql://adjutant-acme.turso.io\nTURSO_AUTH_TOKEN=${value}`,
  ),
  secretCase(
    'libsql-url-with-token',
    assemble(
      'eyJ0eXAiOiJKV1QiLC',
      'JhbGciOiJFZERTQSJ9',
      '.',
      'eyJpYXQiOjE3NzMzMDAxMTEsImlk',
      'IjoiNzZlZTg5ZTctN2Q1Yi00ZmVm',
      'LTg3NDQtOWQwMmQzZDcyNzMzIn0',
      '.',
      'IWmsqVlGuF8PpNLK3O-0MZTtzqKwn',
      'UB4qD42wxu7HMcpoOpH_96FAc4Wyq',
      'Bw_dVI-fTLJJwFLL0MCQu4C0bQ4A',
    ),
    (value) =>
      `connect failed: libsql://adjutant-acme.turso.io?authToken=${value}&tls=1 (SERVER_ERROR)`,
  ),
  secretCase(
    'kubernetes-service-account-token',
    assemble(
      'eyJhbGciOiJSUzI1NiIsImtpZCI6Im',
      'lYc2RJS2pQZHhFQkRIbGZJbnNaT0x2',
      'OTNZR0NubVhGallIZXpGcHNRVzQifQ',
      '.',
      'eyJpc3MiOiJrdWJlcm5ldGVzL3NlcnZpY',
      '2VhY2NvdW50Iiwia3ViZXJuZXRlcy5pby',
      '9zZXJ2aWNlYWNjb3VudC9uYW1lc3BhY2U',
      'iOiJjaSIsInN1YiI6InN5c3RlbTpzZXJ2',
      'aWNlYWNjb3VudDpjaTpkZXBsb3llciJ9',
      '.',
      'xN6Rc5zxg3j41dARd-qBOGGDgyCLxF4jZsnWzr',
      'vHOXAM6GUM1_Q4VptjTIJ5AGPqaaUYt8St4WUp',
      'pDRtQjwuk2e6ZhFHioslp0xQHe4LzOv4wsOkKj',
      'pfVRAIBGB625dao3MAxCHMyObkrJTaZNe0hRpZ',
      'SkkVsB4UhEVpWHa5mw7Lu20IOa5B_Ti7-s5xE1',
      '-IAkg7QNvOaJPh1l4iM3hc5vM3ZtdnHYfcUdXM',
      '-oHoUe2qufdVZ7-7faZPU6IZExk3t-HRlUXAsC',
      'Jtd9TUf5jD6Aj0TVh7VBIvwhDEl-UE-hWHfvhe',
      'f7icQHFRPhxIMord9MJ4il0Ne5PkKemdCtEVdA',
    ),
    (value) => `users:\n- name: deployer\n  user:\n    token: ${value}\n`,
  ),
  secretCase(
    'kubernetes-secret-data',
    assemble('bDRu', 'NxhSmgqDlCnY4E', 'bQWR1NBKGt6HB5'),
    (value) =>
      `apiVersion: v1\nkind: Secret\nmetadata:\n  name: billing-db\ntype: Opaque\ndata:\n  password: ${value}\n`,
  ),
  secretCase(
    'kubeadm-bootstrap-token',
    assemble('o0grjp', '.', '18cy5drr', '7z2xk281'),
    (value) =>
      `kubeadm join 10.0.12.4:6443 --token ${value} --discovery-token-unsafe-skip-ca-verification`,
  ),
];
