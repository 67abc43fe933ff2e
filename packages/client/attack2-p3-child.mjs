
import { credentials, Metadata } from '@grpc/grpc-js';
import { createClient, workloadApiService } from '@signet/api';
process.setgid(65534); process.setuid(65534);
const md = new Metadata(); md.set('workload.spiffe.io','true');
let ok=0, bad=0, n=0; const kinds = {};
const clients = Array.from({length: 40}, () => createClient(workloadApiService, 'unix:/tmp/signet-B84XTH/agent/public/api.sock', credentials.createInsecure(), {'grpc.use_local_subchannel_pool':1}));
const KIND = process.env.KIND ?? 'jwt';
const shot = (c) => { const end = (e) => { if (e) { bad++; kinds[e.details]=(kinds[e.details]??0)+1 } else ok++; if (!stop) shot(c); };
  if (KIND === 'jwt') c.FetchJWTSVID({ audience: ['a'+(n++)] }, md, { deadline: Date.now()+30000 }, end);
  else if (KIND === 'cached') c.FetchJWTSVID({ audience: ['a'] }, md, { deadline: Date.now()+30000 }, end);
  else c.ValidateJWTSVID({ audience: 'a', svid: 'x.y.z' }, md, { deadline: Date.now()+30000 }, end); };
let stop = false;
for (const c of clients) for (let i=0;i<100;i++) shot(c);
setTimeout(() => { stop = true; console.log('attacker ok', ok, 'bad', bad, JSON.stringify(kinds).slice(0,300)); process.exit(0); }, 12000);
