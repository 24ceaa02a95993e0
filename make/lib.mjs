// What the scripts of this folder share.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export const say = (text) => process.stderr.write(`\x1b[1m· ${text}\x1b[0m\n`)

/** Runs a command to its end; where it fails, this process fails too. */
export function run (command, args, env = {}) {
  const done = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } })
  if (done.status !== 0) process.exit(done.status ?? 1)
}

/** A short name for some content. */
export const digest = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex').slice(0, 16)

/** Every file below a folder. */
export const files = (folder) => fs.readdirSync(folder, { withFileTypes: true, recursive: true })
  .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
  .map((entry) => path.join(entry.parentPath, entry.name))
  .sort()
