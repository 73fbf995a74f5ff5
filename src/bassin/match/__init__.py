"""The room Accompagner et relier: offers and people, needs and answers, brought together."""
