// From an edit to its acknowledgement "on disk": `run.sh ack [--rooms 100] [--rate 500] [--sec 10] [--reps 1]`, through the load generator's own client.
import { option, people, served, write } from './load.mjs'

const [rooms, rate] = [option('rooms', 100), option('rate', 500)]
for (let nth = 0; nth < option('reps', 1); nth++) {
  await served(async (quorum) => {
    const crew = await people(quorum, rooms, (n) => `room${n}`)
    console.error('quorum ack', JSON.stringify({ rooms, rate, ...(await write(crew, rate, option('sec', 10))) }))
  })
}
process.exit(0)
