import { drawBelow, type RandomState } from '../world/random.ts'

const ADJECTIVES = words(`
  admiring adoring affectionate agitated amazing awesome beautiful blissful bold brave busy charming clever compassionate
  competent confident cool cranky dazzling determined dreamy eager ecstatic elastic elegant eloquent epic exciting
  fervent festive focused friendly frosty funny gallant gifted goofy gracious great happy hopeful inspiring intelligent
  jolly jovial keen kind laughing loving lucid magical modest musing mystifying nervous nice nifty nostalgic objective
  optimistic peaceful pensive practical quirky quizzical relaxed romantic serene sharp silly sleepy stoic sweet tender
  trusting upbeat vibrant vigilant vigorous wizardly wonderful youthful zealous zen`)

const SURNAMES = words(`
  agnesi albattani almeida archimedes babbage banach bardeen bartik bassi bell bhabha blackwell bohr boyd brahmagupta
  carson cartwright cerf chandrasekhar clarke colden cori curie curran darwin davinci dijkstra easley edison einstein
  elion engelbart euclid euler faraday fermat fermi feynman franklin galileo gates goldberg hamilton hawking heisenberg
  hermann hodgkin hopper hypatia jackson jang jepsen johnson joliot kalam kapitsa keller kepler khorana kilby kirch knuth
  lalande lamarr leavitt lichterman liskov lovelace mahavira mayer mccarthy mcclintock meitner mendel mestorf mirzakhani
  morse murdock neumann newton nightingale nobel noether noyce pare pasteur payne perlman poincare poitras ptolemy raman
  ramanujan ride ritchie roentgen rosalind saha sammet shannon shaw shirley shockley sinoussi snyder spence stallman
  swartz swirles tesla thompson torvalds turing varahamihira visvesvaraya volhard wiles williams wilson wing wozniak
  wright yalow yonath`)

/** For a service that was given none, `clever_hopper`. Source: moby/moby pkg/namesgenerator, of which these are a part */
export function drawName(random: RandomState): string {
  return `${pick(random, ADJECTIVES)}_${pick(random, SURNAMES)}`
}

function pick(random: RandomState, from: readonly string[]): string {
  return from[drawBelow(random, from.length)] ?? ''
}

function words(text: string): readonly string[] {
  return text.trim().split(/\s+/)
}
