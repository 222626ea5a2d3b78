// Brings the game around this script to life when the reader comes near it.
{
  const { src, dataset, parentElement } = document.currentScript;
  const near = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      near.disconnect();
      const script = document.createElement("script");
      script.src = new URL(dataset.game, src);
      document.head.append(script);
    },
    { rootMargin: "600px" },
  );
  near.observe(parentElement);
}
