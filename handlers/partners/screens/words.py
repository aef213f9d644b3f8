"""What organisations are, in words."""

from domain.basics.words import N_
from domain.partners.organisations import Category, Sector, Size

CATEGORIES = {
    Category.COMPANY: N_("Company"),
    Category.ASSOCIATION: N_("Association"),
    Category.INSTITUTION: N_("Institution"),
}

SIZES = {
    Size.MICRO: N_("1 to 9"),
    Size.SMALL: N_("10 to 49"),
    Size.MEDIUM: N_("50 to 249"),
    Size.LARGE: N_("250 or more"),
}

SECTORS = {
    Sector.CRAFTS: N_("Crafts"),
    Sector.INDUSTRY: N_("Industry"),
    Sector.TRADE: N_("Trade"),
    Sector.SERVICES: N_("Services"),
    Sector.CONSTRUCTION: N_("Construction"),
    Sector.TRANSPORT: N_("Transport"),
    Sector.HOSPITALITY: N_("Hotels, food"),
    Sector.HEALTH: N_("Health, social"),
    Sector.EDUCATION: N_("Education"),
    Sector.OTHER: N_("Other"),
}
