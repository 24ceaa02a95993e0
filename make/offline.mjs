// What opens pages without a network: the page that stands in for all others, and the service worker, which names every file of the release.
import fs from 'node:fs'
import path from 'node:path'
import { digest, run } from './lib.mjs'

const worker = 'app/editor/src/worker/service-worker.ts'
const template = 'app/editor/src/device/offline.html'
// What draws diagrams and formulas is kept with the first that is seen: it is several times all the rest.
const later = /^(mermaid-frame|maths-|KaTeX)/

/** Writes both into the site; answers their names. */
export function offline (site, pkg, dev) {
  const names = fs.readdirSync(pkg, { recursive: true }).filter((name) => !/\.(br|map|html|json)$/.test(name) && fs.statSync(path.join(pkg, name)).isFile()).sort()
  const script = names.find((name) => /^frame-.*\.js$/.test(name))
  const style = names.find((name) => /^style-.*\.css$/.test(name))
  const page = fs.readFileSync(template, 'utf8').replace('{{style}}', style).replace('{{script}}', script)
  const assets = names.filter((name) => !later.test(name)).map((name) => `/pkg/${name}`)
  const plain = ['/favicon.svg', '/icons.svg']
  const kept = plain.map((name) => fs.readFileSync(path.join(site, name)))
  const release = { name: digest(page, ...assets, ...kept).slice(0, 16), shell: '/offline', script: `/pkg/${script}`, assets, plain }
  const made = [path.join(pkg, 'offline.html'), path.join(site, 'service-worker.js')]
  fs.writeFileSync(made[0], page)
  run('app/editor/node_modules/.bin/esbuild', [worker, '--bundle', ...(dev ? [] : ['--minify']), '--target=es2022', '--log-level=warning', `--define:RELEASE=${JSON.stringify(release)}`, `--outfile=${made[1]}`])
  return made
}
