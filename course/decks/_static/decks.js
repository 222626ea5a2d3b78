// A key that is pressed in a game belongs to the game. The page keys, which a presenter sends, and
// all keys after a click of the mouse turn the slides.
function outsideOfGames(event) {
  return event.key.startsWith("Page") || !document.activeElement.closest(".game, .move");
}
document.addEventListener("click", (event) => {
  if (event.detail && event.target.closest(".game, .move")) document.activeElement.blur();
});
