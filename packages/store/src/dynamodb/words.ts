/**
 * What rows are made of, most frequent last, as deflate wants it. Stored rows can only be read with the very text that
 * they were written with: this one may never change, and a better one is a second one with a number of its own.
 */
export const WORDS = [
  "identity-made-in-session,issued-in-session,identity-made-by,addressed-by,same-as,grant,login profile,role,oauth",
  '{"buckets":[{"from":"2026-01-01T00:00:00.000Z","people":["acc_"],"credentials":0}',
  '"completeness":{"sources":[{"connector":"okta","whole":true,"at":"2026-","notSupported":[],"left":[],"notVisible":[],',
  '"roots":[{"windDown":"wdc_","entries":1,"hash":"","triggers":[{"kind":"left","subject":"acc_","occurredAt":"2026-',
  '"recordedAt":"2026-","accounts":["acc_","gate":"departed","items":[{"credential":"crd_","status":"open","custodian":',
  '"person.left","person.held","person.moved","credential.changed","credential.exposed","owner.changed","version":1}',
  '"speaker":"acc_","role":"self","candidate":"acc_","says":"accept","joined","left":{"value":"yes","moved","purged",',
  '"team":[{"value":"","name":{"value":"","email":[{"value":"@example.com","employeeNumber","sameAs":{"value":"[\\"email/acc_',
  '"manager":[{"value":"acc_","standing":[{"value":"active","at":"2026-","value":"departed","announced":"","openCase":"cas_',
  '"word":"certain","unforgeable":true,"stated":false},"word":"likely","owner":{"account":"acc_","confidence":0.9',
  '"acts":[{"from":"flagged","to":"quarantined","receipt":{"verb":"disable","changed":true,"adopted":false},"verified":"confirmed"',
  '"before":{"status":"Active"},"after":{"status":"Inactive"},"wanted":{"status":"Inactive"},"alsoAffects":[],"refusals":[],',
  '"verb":"disable","target":{"credential":"crd_","handle":{"account":"111122223333","userName":"","accessKeyId":"AKIA',
  '"question":{"asked":"2026-","until":"2026-","token":"","ifSilent":"goes down","last":false,"custodian":"acc_","decision":"dec_',
  '"answer":{"kind":"yes","token":"","voices":[{"account":"acc_","person":"per_","security":false,"at":"2026-',
  '"open":{"does":"descend","to":"disabled","plan":{"onYesOf":"acc_","actBy":"2026-","claimedUntil":"2026-","key":"wdc_',
  '"ladder":[{"to":"quarantined","reversibility":"R1","blast":"credential"},{"to":"disabled","reversibility":"R1","blast":',
  '"credential"},{"to":"deleted","reversibility":"R3","blast":"credential"}],"tried":["acc_","head":{"n":1,"hash":"","says":[1]',
  '{"windDown":{"id":"wdc_","case":"cas_","credential":"crd_","connector":"aws-iam","rung":"flagged","ladder":[{"to":"',
  '"turns":{},"evidence":[{"kind":"issued-by","candidate":"acc_","kind":"declared","kind":"held-by","kind":"authorised-by",',
  '"source":"aws-iam","eventId":"","source":"okta","statements":[]},"pending":[]}',
  '{"subject":{"id":"crd_","kind":"credential","tenant":"111122223333","facts":{"authoriser":{"value":"acc_',
  '"connector":{"value":"aws-iam","at":"2026-","createdAt":{"value":"2026-',
  '"handle":{"value":"{\\"accessKeyId\\":\\"AKIA\\",\\"account\\":\\"111122223333\\",\\"userName\\":\\"',
  '"identity":{"value":"idn_","lastUsed":{"value":"2026-","owner":{"value":"acc_","reach":{"value":"admin","shared":{"value":"false"',
  '"state":{"value":"on","at":"2026-","tenant":{"value":"111122223333","type":{"value":"access key","at":"2026-',
  'T00:00:00.000Z","eventId":"","at":"2026-11-',
].join("");
