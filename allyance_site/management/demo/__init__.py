"""The demo: two services of invented people, anchored to the school term of the day on which it is made."""
