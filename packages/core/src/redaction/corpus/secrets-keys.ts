import { assemble, assemblePem } from './assemble.ts';
import type { CorpusCase } from './corpus-case.ts';
import { secretCase, secretsCase } from './make-case.ts';

const rsaLines = [
  'MIIEpAIBAAKCAQEAuLHNZTYbC7OJZUwYB93rNrarp8LrR0f7sKQvPyDrg5M+8It7',
  'tbiFu5dKvv9ZrC015Jl0RuA33zc+y/0yXCe1q4SVwTIdbp+QbHXG7pcvgKhy4tfB',
  'fDyDw96RxPVmQiezGj4/aeecjB2OUP/iuL2Wa28XEsDL5PVR05AJGVvXMpcdect6',
  'xMLiHr6NjegpPg0veKbzcDgADL4ZTlHBQF8BQem7Q1aPWt08zvXsXIgAxOlTSBsq',
  'L5ReYjDaWvWVErUhdJ6tO+AlGashGHFmyKqYhomkXB/yILV+oLgcNtw7qlN5dY+s',
  'ima+YSFFHx9QmLjHfWcWMzngpFnDKsVzlg/QWNA2Cm6S0nUMR6mEkQiLXXmk8UvV',
  '0C5MPo3Bs15fKkGBIo9h+tAyJrIZ4t+bnQKUxbkuBd66A2kPTxfjeIOzCQgd7HBL',
  '1ZcAU/Ms+KD6BEfVvHgCa5yHNFhlpoo9j8gPk3p9w7LbW4DfO85rMMOLestuGSgg',
  'GK7N8o1i4Ck1jZa2lgKg9ETfVjfJofEqLNdN8QSJxUUpwktPNqEhWWHrN52kiN4j',
  '8bOaTqW268Sz+XDRxs3wMCWOXuzQD0lx7ckPCIobWuZC0LS4bbmZ7kHO3bkmr9ao',
  'zN0EEuN1qa3Gw+ayd57ENcCdddKVbG1pvaU5To2UWChu3yX6eq57YtGZ8T5C6WJz',
  'YYCjCw4cTFIEfTos5wnkcCZfPJ47ofKMx53Ub3foeZvHxl/9rxhqSURgeSM2h4oh',
  'dasvOMFIA3W/Nn0gbD7+yKioKp+gTJBPcUoyGeeYcTKHd4nHqvWbqBPLA308WfzJ',
  'ToQpBTpYJlw4mnI45R8ALzcSDgElp7lShY6/TwK8azqqJgcewZHOgBmtVoZ6LckJ',
  'DupPBMaKx4AAhOUCK/l1R8FyrhekVrtlDLUQIQCjUcpzSJc5Sss1VR8PjB98QcLq',
  'YRn9AX8OA38V7t2ILLJpuaiXEJekgE+rGLf++IQYxGQUCRTkj+JIdtRc4c1cCV8G',
  '+CQ3dyIoDMk4xWKL6VfWgeKUD+NuS9o//SZWuYkOHm5b1/0Rdvv1yEN9a1FCWCZ+',
  'gOdcHs8HYJlqPtRtqkGYiwGWv+GCU2MMAqjoyoO0s0R3yaIjl9NuAaj609PwTbAR',
  'EepjL6BW7WKuWom7jKI4EOwHgj8SPh6NE6yCU6TFNADqbmigMXxCAYWffyxTpPOC',
  'FgDTHdarSduBDB6O4WsoqsQ8LRU0DHiAmDE3jKhg0nfBEVEJFm25LRewWpqsMBHt',
  'mNQN32jy9NT8WyU6d8cRzB3Oj1YJ/hhBeGL2lPtvOqvpL+Yxn7AjUlhzLNmjTSD/',
  '/y6roVdxR0auVPNfxmxRq/sx7yrOLBx0fTBjmV30/42mIvueXkLH8XHkKpAmBBnE',
  'UFDh9fmmxbFmSIpq6GFw95dnKaxoQOCx7wzskY5MW4pRSWYdZ5wMrkiuQJyI5xK1',
  'AA2pscegP/PLLbHeKQyAkysygmo+1Hr2QM8W6kz2JlqX04r8n3S+4vhj0rqz/40Y',
  'yW27wrNAdo5bsxYWFu+Ng1KA3xGZYJfcq3kbbTbod0VBmYMRjTHwoX==',
];
const serviceAccountLines = [
  'MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQC+NlDYXzwIYFFb',
  'aAM6r9sP12OMunvDjpuHZv9SA5R4hQ/QLZamDBB8KLOmGUqU2dCwrYL3oPJTgOLH',
  '7hxb6aYFzW0KNKM86tUonxZ4ffbC5JZz0FxL/w4HZMi80TmPM54rDGeYIzsuWzz+',
  'vzFge9K0CpyeSCSqUn+p3gl2olEjX8G7PQE/+by+zotOwuN3DWeODB2oX//4x5KD',
  'ts0eFj4yt/TOJNbsVuFITuX0slZeqq1jOtfieIPBhYQkQSXyc+tBiyclEtv4W0Bp',
  'hGtZen4oAzdIgXS3mdMRRAVroI2W0lRMmiPnqfwoFtl3MB5jvzHLCkSHHDZlaWro',
  'DfTemOOfmbL+hYGWkWbkmY6JWbSgwnz60ml8Wa5CD9ojuzU2GY3rIYfJjp9XM1Hx',
  'h+J5xOVtYS0S4fbI+jmA6ANniM3gjN4mys8JosmpD8vauawCed8iZ+37IGoHGwkU',
  'hT04WVHgK5b7reUYmoAD+ahJN8u9m7Y6kJRPN/fRCOtAoUNyccZPAQL3/KIt3/RQ',
  'Bd7ib3dIj+P3mwc/FM0rYaQNcMc0rNx5KrlDhVdPJYRX6uxNu7Xi1aaKnJx5Irvi',
  'GrPaI4e5tniRolBxMPsC0uq+181fMkORyPerx/kK+kljUVkNDAx9FfRXbrfwAqXu',
  'EHJZVvMqT+fqPRoR0mI66LjTlgsLu+mKdJK69JIC7BMvqJ9capw0yxHbHllj7Au5',
  '8O0tFTyUFd9W3S6ZmpMU/8jV/p4K5yaiPZmRlj5MAjIPQgnD2jD9woOL6oyFe/EP',
  'joO5qhFTUmwsZawQvmNTDqIMSOhTOvYyz2Rd4fQP+EOp3nrecpN110YcGek2G6cG',
  'NwxBHPZZz22c2gZayQ+3fGtM51BWncV95HEwcgnw1r4I6PSFzOIV0euOJ+jwVOku',
  'nNjmAhXJC1IIjQXYRmabz6hvhOxr6bf9fIbMljcin7WeT9w/DyQ7sHBnhnBZjEbU',
  'z0pWrukC31JVF7ewvrR3WXr+hwFXdT40NKZ/1pepifWyOkRIIMeuV9JeaSVyu7k3',
  'jS4Mp0YwBVxc2/aZIyaTf3uwem9L10bxc6FvP6p9nnjdJY7arAFDtelEaRpxSgoZ',
  '9j6W2Yb06l2G/KPtFw929o3Di2HaH/o23CWZeD9BRRFzyBzl24UqV8+lJ25FvXX2',
  'sXdYXMiwLnEzgmTY5tzAeQb6tk+7Ey1fVpiG28bwFgnxehrEQ3H0cfuAOcDRvZ7j',
  'rPVQcd3S56+rUpQpdaeL4M9GSHrzxmUbd6wLV13rb3dTl08Il2o9eBASBi9RIU/l',
  'O684FkzrOwWmviCm+TY0OdX9SUaXuuwn/yBJq5p9uoOb9gmI3mjRmobfQrq1Amzh',
  '/JWuYe1Jjm+J5oKt/sH+ScAoupTPNURXEFQmPsTaryYrE78+HNzM2t+K8K43VAA6',
  'juujF+oWXLP5bJ83UQsFHGh9+MxhhWouGxqU3DSSngC0V8xqxug5/CYynT0gCbg6',
  '9ywS7Kn+kSBZAmFgUq6ptcE7X1weyCCPdngbM0q1sK/mv+kDAzyjbFppQIpNrDWc',
  'KCW5do9bLzuWmpohOs0ZIKyg',
];
const ecLines = [
  'MHcCAQEEIt8wVy1psgJm+C8oyFagVKG7W035Sh1qezRcGIv0zFjb8Cy5hVcLdPCN',
  'nmHwFG+CIwXgh0Q7phi27uR1yHGm+k34l/DAtjNqGLmZ8N3s8acJkSXoLl+0yY7F',
  'cj3IneF/OGYeqKpXlpGYMf2xA6BQtAcfCr==',
];
const ed25519Lines = ['MC4CAQAwBQYDK2VwBCIEIiDVhUX60RVuGWyn1V/PkccN2wIs4Tk6WX+gMTSVU5Nx'];
const appKeyLines = [
  'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHilQ2ClL4pZQJey3ThNXtJTMhkqiS',
  'GezAt4SNVzAwK4RRGMjTrs25wGQG0WusUc6GYyet/Rr2nnQG+8w80UxRj91Fc0tV',
  'QE+1c5pII4GjE0JO9j5tTpzh0xDXo5g5nUU/cXSCbkckToQml/WbkqhA',
];
const sshLines = [
  'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW',
  'QyNTUxOQAAACBoYPMLcU/YA3mgkFJFDrugHtopLZuO/6Rl6/VwIV9ERkE+qI5KxiETiwsD',
  '6oqwFfAFEACPxr1Xl7DdSoTqP/rViCdGNCuu36Rn0hW78N9XUiFZpaj98ebJP11uH1CifH',
  'fN1sFGmENknoJ1mNemea/zZHyCXHM0BqHRLrNR6hW6PNfRkbyA57SU09nT+mVq/XJ6f39A',
  'Re9ZFYa0e038kAgVsQltUkDqQA4M+RAQIDBAU=',
];
const encryptedLines = [
  'uW7wxrVcqNwtql3pY6yQgbkqDNQWakCkgb2oYPOncdI+BWBE1vRnX4a543LmD7Ba',
  'Zxj7TVPshtW6PciEywdQQ+enOh110c9ULrnoOdUlIarA9xaCblbPejioIkdpLNUQ',
  't1eleLSGHar9kJHSFmVO+9wTvMn80PoNz1avi2UnMty4snAYBrx+Xr0EATfNUc9e',
  'MkhPXqFBbn7oAwxkkZol2qrimQTzlv7ktfQ1wi/gN94NnDmMswsYX1c/z6jqnp0c',
  'AK8AzyPfn7plSO8O8tXNeWPfK6fDH0k4NDs70wcSKjoAT+Y1+Am2q1kRVhlDWrho',
  'FZZame6GvMyThCK+dN9dHOJe2TZF5P8m64O54/CML5TM',
];
const pgpLines = [
  'lIYEZQH9CS/L7S+np4lN/XHCFxKL0u501NHgd4GXAsk74Jamp1QXGgNBwyv9jeDb',
  'uUG0GT6I0uHfjnDdaRcXf5A7sZ01ukyjVmN/Tew/w/jjzJbgd7qs9cS+WOBLv3D2',
  'AgPYPY6ZW8SufDJvJyI9VJd6I0eUeMAOCpW71tqrkjovWQ/P7vyOVaQziqHgbHL+',
  'H4yrzF2w4ZYTvmO3saZgjgsQ7c8Pv3waBJiZMzcxtHiYKkuIE4XEC5qCobOxWsCn',
  'FkBQ/aXal/U1yMHf0gUjJUkzOwQJLJxyOmREPA',
];
const diffLines = [
  'MIICXAIBAAKBgQDTvIwXUz9fVNx82oULnQdnR6V0WKiaQl24p0aigguPiPAldAdW',
  'LoBlbgmymfzx4+/jG7NAZ7+STKQPsFWyg0PcWO1wlmzOGQMWtvwES4LCT4aQFtbw',
  'x/n4P+B2ZcvAr0lzvQvrL1oHKqOIbdyluibDNv9XMIpN6gBbVe5pDaCudB6aFqSS',
  'g/zoxrNtfFSH1sSMofNgaiRXcPnLm3Q8oDvSoyULk3w+kefk95+QVd1LjoGrDRyY',
  'gygTNxuObu+5ZkjaboXzcvYVaiUXRszzxMG0f7v6uQW5QC1rTwY/PcIl/NXtnue0',
  'vLgIijsEs66d0CFJ3QVNQPjHnYKy7A/g6mBIc9ItIxe6/y4Or/cQwPLDz0JMaGT/',
  'huWYOubWHs5b5Kjs8bIQFbPf7ux00RzEClzojbD06VSd7HEwWjUQBAAD6BPxDFSK',
  'rtoTS/BoOzYGGqePyxVWZ1N5LJdgPDMDia+k2VUBtF8/X2bmJoYPssrevYwDcYsF',
  '0M9ewzOudHFuq0uL2cpDIWuSYSQcPcFPZ3S8WrbPBO18G+A06y5E8OPjgh+8MFHA',
  'bO6w9rqLMo9Nmh5DBGv7WOJqr/R5qlS/epRyJScAHjdDt9GbKUU6WCDEnhoWk6nU',
  'ALR2Dg4dSKGlwcnxq/uj0Kq6mLkzxZakFh3obNUciW97P3/kL1YmdOw5XKCfUvSh',
  'GnjpQ2IDUatLrt55gUN3UTuh5jQLbXODR+hP4QDWx/w+3z7UHPp4JPU2dxKs65Wg',
  'ZY0IzZz/TuMgaD2TeNKuf4xY2O6wdECJdJE4JeVe972=',
];

/** Private keys and signed tokens. */
export const keySecrets: readonly CorpusCase[] = [
  secretsCase(
    'pem-rsa',
    rsaLines,
    `Found in the image under /etc/ssl/private:\n\n${assemblePem('RSA PRIVATE KEY', rsaLines)}\n\nPlease rebuild without it.`,
  ),
  secretsCase('pem-ec', ecLines, assemblePem('EC PRIVATE KEY', ecLines)),
  secretsCase(
    'pem-ed25519-in-yaml',
    ed25519Lines,
    `tls:\n  enabled: true\n  key: |\n    ${assemblePem('PRIVATE KEY', ed25519Lines, '\n    ')}\n  cert: /etc/tls/tls.crt\n`,
  ),
  secretsCase(
    'pem-openssh-in-fence',
    sshLines,
    `Deploy key as it is now:\n\`\`\`\n${assemblePem('OPENSSH PRIVATE KEY', sshLines)}\n\`\`\``,
  ),
  secretsCase(
    'pem-encrypted-carriage-returns',
    encryptedLines,
    assemblePem('ENCRYPTED PRIVATE KEY', encryptedLines, '\r\n'),
  ),
  secretsCase(
    'pem-in-env-line',
    appKeyLines,
    `APP_ID=880412\nAPP_PRIVATE_KEY="${assemblePem('PRIVATE KEY', appKeyLines, String.raw`\n`)}"\n`,
  ),
  secretsCase(
    'pem-in-diff',
    diffLines,
    `diff --git a/deploy/key.pem b/deploy/key.pem\ndeleted file mode 100600\n@@ -1,${diffLines.length + 2} +0,0 @@\n-${assemblePem('RSA PRIVATE KEY', diffLines, '\n-')}`,
  ),
  secretsCase(
    'gcp-service-account',
    serviceAccountLines,
    `{\n  "type": "service_account",\n  "project_id": "acme-staging",\n  "private_key": "${assemblePem('PRIVATE KEY', serviceAccountLines, String.raw`\n`)}\\n",\n  "token_uri": "https://oauth2.googleapis.com/token"\n}`,
  ),
  secretsCase(
    'pgp-private-key',
    pgpLines,
    assemblePem('PGP PRIVATE KEY BLOCK', ['', ...pgpLines, '=k8Zr']),
  ),
  secretCase(
    'age-identity',
    assemble(
      'AGE',
      '-SECRET-',
      'KEY-1',
      'QVZ6VHSD4S7HNJ8AZ895DHYZNHND7',
      'R56Z00ANSRRQPR4QR0R3M2VATWCSC',
    ),
    (value) =>
      `# created: 2026-01-19T08:30:11+01:00\n# public key: age1994flmunaev7mr52yq5hjpyusvqfa4rs8f6xpg0cv6nwfudne8pfesmtu9\n${value}\n`,
  ),
  secretCase(
    'age-identity-in-env',
    assemble(
      'AGE',
      '-SECRET-',
      'KEY-1',
      '3SRH6TV3GQTFCLXTU2FL8X5WNU2ER',
      '8FHPPDT75REMXCYWYMM6C3QRDD5GF',
    ),
    (value) => `SOPS_AGE_KEY=${value} sops -d config/prod.yaml > /dev/null`,
  ),
  secretCase(
    'jwt-in-log',
    assemble(
      'eyJhbGciOiJIUzI1Ni',
      'IsInR5cCI6IkpXVCJ9',
      '.',
      'eyJzdWIiOiJ1c3JfMjA0MTciLCJ0ZW5hbnQiOiJh',
      'Y21lIiwicm9sZSI6Im1haW50YWluZXIiLCJpYXQi',
      'OjE3NzMyMTYwMDAsImV4cCI6MTc3MzIxOTYwMH0',
      '.',
      'fjCuIvYVMGTcdjo_aL03Dl',
      'cgXqEDdzxApJY_otYHRPw',
    ),
    (value) => `2026-03-11T08:00:04.511Z WARN auth session rejected jwt=${value} reason="exp"`,
  ),
  secretCase(
    'jwt-bare-line',
    assemble(
      'eyJhbGciOiJSUzI1NiIsImtpZCI6Im',
      'stMjAyNi0wMiIsInR5cCI6IkpXVCJ9',
      '.',
      'eyJpc3MiOiJodHRwczovL2lkLmV4YW1wbGUuY29t',
      'LyIsImF1ZCI6ImJpbGxpbmctYXBpIiwic3ViIjoi',
      'c3ZjLWRlcGxveSIsImV4cCI6MTc3MzMwMTIwMH0',
      '.',
      'AxRggdYYWF1MUo7yVMwYW_XgOfdQU4Kl23Xvow',
      'Oz1P6TyvdCU9wnjpkQ3SPYrwcK7XaOPyJ8h7AG',
      'ioxC09h6AbZUWsBKg45x060JDdNItzK2DEuo1I',
      'y_lgzRi1il6ALCA7uOAJIGlRFIc5lY0UCxU7Xu',
      'Cba3q0owFhdcZR_sQncF80ncJr3uvV_cXSx_WV',
      'EWcD14ys7bYTco2iuzea3GnFhzTwdNB-Wqm-7A',
      'T6dDE1fyD0TEwDTgkFLj1npDqoi9OSGImzCiEh',
      'GqPaT0cdIQ0ixY4QitvW2RaI7_xkDhWHXIfKma',
      'wuWXoFQ0v2kk4YalVnAAYtD4gRVRH-gXkgV60g',
    ),
    (value) => `decoded wrongly by the gateway:\n\n${value}\n`,
  ),
  secretCase(
    'jwt-in-websocket-url',
    assemble(
      'eyJhbGciOiJIUzI1Ni',
      'IsInR5cCI6IkpXVCJ9',
      '.',
      'eyJzdWIiOiJ1c3JfMjA0MTciLCJ0ZW5hbnQiOiJh',
      'Y21lIiwicm9sZSI6Im1haW50YWluZXIiLCJpYXQi',
      'OjE3NzMyMTYwMDAsImV4cCI6MTc3MzIxOTYwMH0',
      '.',
      'xZJx-_ASiXaEmsXv7_-YnQ',
      'IdM77o8YiofQVD4kVIczw',
    ),
    (value) => `WebSocket connection to 'wss://live.example.com/ws?jwt=${value}' failed`,
  ),
  secretCase(
    'wireguard-private-key',
    assemble('7i0gxXm4R9In5klIgTNm18', 'vt7tUyuYy+ud00z1Jn/H4='),
    (value) => `[Interface]\nAddress = 10.8.0.7/24\nPrivateKey = ${value}\nListenPort = 51820`,
  ),
  secretCase(
    'json-web-key-private-part',
    assemble('MSz6BoqYAdzKSnxKy-UMH7', 'Lf-sqxbg-bR9nig9Hq36E'),
    (value) =>
      `{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"${value}"}`,
  ),
  secretCase(
    'one-time-password-seed',
    assemble('WNBBN4EBED2FVM2G', 'KQH2NFFDM2VLZF3Q'),
    (value) => `otpauth://totp/Acme:release-bot?secret=${value}&issuer=Acme&period=30`,
  ),
];
