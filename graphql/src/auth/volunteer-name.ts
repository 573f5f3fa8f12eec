import { randomInt } from "node:crypto";

const manners = `
  Attentive Bold Bright Brisk Calm Careful Cheerful Clever Curious Eager Fearless Gentle Humble Keen Kind Lively
  Lucky Merry Modest Nimble Patient Playful Quick Quiet Steady Sunny Swift Tireless Thoughtful Wandering Wise
  Witty`
  .trim()
  .split(/\s+/);
const birds = `
  Avocet Bittern Bunting Crane Curlew Dipper Dunlin Egret Falcon Finch Gannet Grebe Heron Hoopoe Jackdaw Kestrel
  Kingfisher Lapwing Lark Linnet Martin Oriole Osprey Owl Petrel Pipit Plover Puffin Raven Robin Sandpiper Shrike
  Siskin Skua Starling Stork Swallow Swift Tern Thrush Wagtail Warbler Wheatear Wren`
  .trim()
  .split(/\s+/);

/** A name to begin with, until its owner chooses another: "Curious Heron 4821". Not unique, and tells nothing about anybody. */
export function volunteerName(random: (below: number) => number = randomInt): string {
  return `${manners[random(manners.length)]} ${birds[random(birds.length)]} ${1000 + random(9000)}`;
}
